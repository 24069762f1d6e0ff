package escale.drill.world;

import java.util.UUID;

/** A mail that was or will be sent, as notification has it. */
record Mail(UUID booking, String kind) {}
