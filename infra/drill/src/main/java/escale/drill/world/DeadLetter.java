package escale.drill.world;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case, by the record it was made from. */
public record DeadLetter(
        UUID id,
        String topic,
        int partition,
        long offset,
        @Nullable UUID booking) {

    /** The record it was made from. */
    public String origin() {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
