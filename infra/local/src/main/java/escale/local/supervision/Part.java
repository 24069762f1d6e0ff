package escale.local.supervision;

import java.util.Set;
import java.util.function.IntFunction;

/**
 * One of the things Escale consists of.
 *
 * @param needs the parts that must answer before this one is started
 * @param tier the higher, the earlier it is stopped
 * @param scalable whether several instances may run
 * @param server makes the n-th instance
 */
public record Part(String name, Set<String> needs, int tier, boolean scalable, IntFunction<Server> server) {}
