package escale.messaging;

import escale.testkit.Kafka;
import escale.testkit.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Does one thing after the other, numbered from 0 and dealt out to the keys, until it is told to end. */
final class Feed implements AutoCloseable {
    static final int KEYS = 100;

    private final CompletableFuture<Integer> count = new CompletableFuture<>();
    private volatile boolean on = true;

    /** One thing to do. */
    interface Step {
        void take(String key, String number) throws Exception;
    }

    Feed(Step step) {
        Thread.ofVirtual().start(() -> {
            try {
                var number = 0;
                while (on) {
                    step.take("key-" + number % KEYS, Integer.toString(number));
                    Thread.sleep(number++ % 2);
                }
                count.complete(number);
            } catch (Throwable failed) {
                count.completeExceptionally(failed);
            }
        });
    }

    /** Into a topic of the shared broker. */
    static Feed to(String topic) {
        return new Feed((key, number) -> Kafka.topics().produce(topic, key, number));
    }

    /** How many there are. */
    int end() {
        on = false;
        return count.orTimeout(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** What a key should have got, in order. */
    static List<String> numbersOf(int key, int count) {
        return IntStream.iterate(key, i -> i < count, i -> i + KEYS)
                .mapToObj(Integer::toString)
                .toList();
    }

    @Override
    public void close() {
        end();
    }
}
