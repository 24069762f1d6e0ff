package escale.drill.world;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case, by the record it was made from. */
public record DeadLetter(
        UUID id,
        String topic,
        int partition,
        long offset,
        @Nullable UUID payment,
        @Nullable UUID booking,
        String state) {}
