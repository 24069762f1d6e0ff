package escale.local;

import escale.local.control.ControlClient;
import escale.local.supervision.CannotStart;
import escale.local.supervision.Seconds;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Passes a command on to the supervisor, if there is one. */
final class SendOrder {
    private static final int PATIENCE_SECONDS = 120;

    private final Place place;
    private final Consumer<String> show;

    SendOrder(Place place, Consumer<String> show) {
        this.place = place;
        this.show = show;
    }

    int run(List<String> words) throws IOException, InterruptedException {
        var control = RunState.control(place);
        if (control.isEmpty()) {
            return notRunning(words);
        }
        try {
            var answer = new ControlClient(control.get().port(), control.get().token()).send(words, show);
            return words.getFirst().equals("down") ? waitForTheEnd(control.get().pid()) : answer;
        } catch (ConnectException e) {
            return notRunning(words);
        }
    }

    /** Being down already is what {@code down} wanted. */
    private int notRunning(List<String> words) {
        if (words.getFirst().equals("down")) {
            show.accept("Escale is not running.");
            return 0;
        }
        throw new CannotStart("Escale is not running: ./escale up starts it.");
    }

    private int waitForTheEnd(long pid) throws InterruptedException {
        var begun = System.nanoTime();
        try {
            var supervisor = ProcessHandle.of(pid);
            if (supervisor.isPresent()) {
                supervisor.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            show.accept("Escale stopped in " + Seconds.since(begun) + ".");
            return 0;
        } catch (ExecutionException | TimeoutException e) {
            throw new CannotStart("The supervisor (process %d) has not ended within %d s; its log is %s."
                    .formatted(pid, PATIENCE_SECONDS, place.run().resolve("escale.log")));
        }
    }
}
