package escale.local.supervision;

import escale.embedded.KafkaBroker;
import escale.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The broker. */
public final class Kafka implements Server {
    /** What a new broker is told before anybody else may use it. */
    public interface FirstWords {
        void tell() throws IOException, InterruptedException;
    }

    private final KafkaBroker.Settings settings;
    private final FirstWords firstWords;
    private volatile @Nullable KafkaBroker broker;

    public Kafka(KafkaBroker.Settings settings, FirstWords firstWords) {
        this.settings = settings;
        this.firstWords = firstWords;
    }

    @Override
    public void start() throws InterruptedException {
        try {
            var known = broker;
            if (known == null) {
                broker = KafkaBroker.start(settings);
                firstWords.tell();
            } else {
                known.restart();
            }
        } catch (IOException | StartFailure e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void stop() {
        var known = broker;
        if (known != null) {
            known.stop();
        }
    }

    @Override
    public void kill() {
        var known = broker;
        if (known != null) {
            known.kill();
        }
    }

    @Override
    public boolean running() {
        return process().filter(ProcessHandle::isAlive).isPresent();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(broker).map(KafkaBroker::pid).flatMap(ProcessHandle::of);
    }

    @Override
    public String end() {
        return "died";
    }

    @Override
    public List<Integer> ports() {
        return List.of(settings.port());
    }

    @Override
    public Path log() {
        return settings.dir().resolve("kafka.log");
    }
}
