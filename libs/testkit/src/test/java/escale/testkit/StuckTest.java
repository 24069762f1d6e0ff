package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StuckTest {
    @Test
    void the_dump_shows_where_a_virtual_thread_waits() {
        var never = new CountDownLatch(1);
        var waits = Thread.ofVirtual().name("who-waits").start(() -> waitFor(never));

        await().untilAsserted(
                        () -> assertThat(Stuck.dump()).contains("who-waits").contains("StuckTest.waitFor"));

        waits.interrupt();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
