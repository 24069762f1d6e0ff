package escale.messaging;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The delay topics of a topic, shortest first: where a record waits after its first, second, third … failure. */
public record RetryLadder(List<Rung> rungs) {

    /** One delay topic. */
    public record Rung(String topic, Duration delay) {}

    /** The rungs are the declared topics that begin with the topic's name and have a delay. */
    public static RetryLadder of(String topic) {
        return new RetryLadder(TopicDeclaration.all().stream()
                .filter(declared -> declared.name().startsWith(topic + ".")
                        && !declared.delay().isZero())
                .map(declared -> new Rung(declared.name(), declared.delay()))
                .sorted(Comparator.comparing(Rung::delay))
                .toList());
    }

    /** Where to wait after so many failures; empty at the end of the ladder. */
    public Optional<Rung> after(int failures) {
        return failures <= rungs.size() ? Optional.of(rungs.get(failures - 1)) : Optional.empty();
    }

    /** The first try and one after each rung. */
    public int attempts() {
        return rungs.size() + 1;
    }
}
