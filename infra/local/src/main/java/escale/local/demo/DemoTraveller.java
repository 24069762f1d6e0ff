package escale.local.demo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Somebody to book as: {@code ./escale token --user claire}. */
enum DemoTraveller {
    CLAIRE("Claire Moreau", "fr"),
    TOM("Tom Baker", "en");

    private final String fullName;
    private final String locale;

    DemoTraveller(String fullName, String locale) {
        this.fullName = fullName;
        this.locale = locale;
    }

    String userId() {
        return name().toLowerCase(Locale.ROOT);
    }

    Map<String, Object> updated() {
        var event = new LinkedHashMap<String, Object>();
        event.put("userId", userId());
        event.put("version", 1);
        event.put("email", userId() + "@example.org");
        event.put("name", fullName);
        event.put("locale", locale);
        return event;
    }
}
