package escale.sql;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Several lanes side by side; what shares a key shares a lane, so that it never waits for its own kind's row locks. */
public final class Lanes<I, O> implements AutoCloseable {
    private final List<Lane<I, O>> lanes;

    public Lanes(String name, int count, int capacity, int largestBatch, Function<List<I>, List<O>> work) {
        this.lanes = IntStream.range(0, count)
                .mapToObj(i -> new Lane<>(name + "-" + i, capacity, largestBatch, work))
                .toList();
    }

    public O submit(Object key, I item) {
        return lanes.get(Math.floorMod(key.hashCode(), lanes.size())).submit(item);
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
