package escale.payment.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the model has moved in one direction, for one payment or one refund. */
final class Book {
    final String name;
    private final String idPrefix;
    private final String ours;
    private final List<Moved> moved = new ArrayList<>();
    private UUID subject = new UUID(0, 0);

    private record Moved(String id, Instant created) {}

    /** @param ours under what name its metadata tells whom it is for */
    Book(String name, String idPrefix, String ours) {
        this.name = name;
        this.idPrefix = idPrefix;
        this.ours = ours;
    }

    void begin(UUID newSubject) {
        subject = newSubject;
        moved.clear();
    }

    void move(Instant now) {
        moved.add(new Moved("%s_%d_%s".formatted(idPrefix, moved.size() + 1, subject), now));
    }

    int size() {
        return moved.size();
    }

    void later(Duration time) {
        moved.replaceAll(each -> new Moved(each.id, each.created.minus(time)));
    }

    String last() {
        return moved.isEmpty() ? "{}" : json(moved.getLast());
    }

    Optional<String> one(String id) {
        return moved.stream().filter(each -> each.id.equals(id)).findFirst().map(this::json);
    }

    String list(Predicate<Instant> created) {
        return moved.stream()
                .filter(each -> created.test(each.created))
                .map(this::json)
                .collect(Collectors.joining(", ", "{\"object\": \"list\", \"has_more\": false, \"data\": [", "]}"));
    }

    private String json(Moved each) {
        return """
                {"object": "%s", "id": "%s", "status": "succeeded", "created": %d, "metadata": {"%s": "%s"}}
                """.formatted(name, each.id, each.created.getEpochSecond(), ours, subject);
    }
}
