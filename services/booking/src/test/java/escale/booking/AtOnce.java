package escale.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Many who do something at the same moment. */
final class AtOnce {
    private AtOnce() {}

    interface Client<T> {
        T call(int number) throws Exception;
    }

    /** What became of each of so many clients, in their order. */
    static <T> List<T> clients(int clients, Client<T> client) throws InterruptedException, ExecutionException {
        return all(IntStream.range(0, clients)
                .<Callable<T>>mapToObj(i -> () -> client.call(i))
                .toList());
    }

    static <T> List<T> both(Callable<T> one, Callable<T> other) throws InterruptedException, ExecutionException {
        return all(List.of(one, other));
    }

    static <T> List<T> all(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var result : executor.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
