package escale.drill.world;

import java.util.UUID;

/** A departure as booking has it. */
public record Departure(UUID id, int capacity, int seatsLeft) {}
