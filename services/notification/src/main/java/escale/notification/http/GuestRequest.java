package escale.notification.http;

import escale.http.Input;
import escale.notification.Asker;
import escale.notification.Language;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The body by which somebody without an account asks to be told. */
@Serdeable
record GuestRequest(String email, @Nullable String locale) {

    GuestRequest {
        if (locale != null && Language.named(locale) == null) {
            throw new IllegalArgumentException("locale: must be fr or en");
        }
    }

    Asker asker() {
        return Input.of(() -> new Asker.Guest(email, Language.named(locale)));
    }
}
