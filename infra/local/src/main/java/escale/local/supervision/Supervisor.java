package escale.local.supervision;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Starts the parts side by side as far as they do not need each other, keeps them running, and stops them in order. */
public final class Supervisor implements AutoCloseable {
    private final List<Part> parts;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final Consumer<List<ProcessHandle>> note;
    private final List<Instance> instances = new CopyOnWriteArrayList<>();
    private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
    private boolean closed;

    public Supervisor(List<Part> parts, InstantSource clock, Consumer<String> say, Consumer<List<ProcessHandle>> note) {
        this.parts = parts;
        this.clock = clock;
        this.say = say;
        this.note = note;
        parts.forEach(part -> instances.add(instance(part, 1)));
    }

    private Instance instance(Part part, int number) {
        return new Instance(part, number, clock, say, this::noteProcesses);
    }

    private void noteProcesses() {
        note.accept(instances.stream()
                .flatMap(instance -> instance.server().process().stream())
                .toList());
    }

    /** Returns when every part answers; throws {@link CannotStart} as soon as one does not. */
    public void start() throws InterruptedException {
        for (var instance : instances) {
            Port.requireFree(instance.server().ports(), instance.part().name());
        }
        startTogether(instances);
    }

    private void startTogether(List<Instance> some) throws InterruptedException {
        var ready = new HashMap<String, CountDownLatch>();
        some.forEach(instance -> ready.put(instance.part().name(), new CountDownLatch(1)));
        var starts = new ExecutorCompletionService<Instance>(starters);
        for (var instance : some) {
            var _ = starts.submit(() -> startAfterItsNeeds(instance, ready));
        }
        for (var _ : some) {
            try {
                starts.take().get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case CannotStart sentence -> throw sentence;
                    case InterruptedException _ -> throw new InterruptedException();
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }

    private Instance startAfterItsNeeds(Instance instance, Map<String, CountDownLatch> ready)
            throws InterruptedException {
        for (var need : instance.part().needs()) {
            var latch = ready.get(need);
            if (latch != null) {
                latch.await();
            }
        }
        instance.start();
        say.accept("  %-16s %8s   localhost:%d"
                .formatted(
                        instance.name(),
                        Seconds.of(instance.took()),
                        instance.server().ports().getFirst()));
        var mine = ready.get(instance.part().name());
        if (mine != null) {
            mine.countDown();
        }
        return instance;
    }

    /** The instances of one part that are meant to exist, in the order of their numbers. */
    public List<Instance> of(String part) {
        return instances.stream()
                .filter(instance -> instance.part().name().equals(part))
                .sorted(Comparator.comparingInt(Instance::number))
                .toList();
    }

    public List<Instance> instances() {
        return parts.stream().flatMap(part -> of(part.name()).stream()).toList();
    }

    public List<Part> parts() {
        return parts;
    }

    /** Starts further instances side by side and returns them when all are ready. */
    public synchronized List<Instance> grow(Part part, int to) throws InterruptedException {
        var highest = of(part.name()).size();
        var more = IntStream.rangeClosed(highest + 1, to)
                .mapToObj(number -> instance(part, number))
                .toList();
        instances.addAll(more);
        try {
            startTogether(more);
        } catch (CannotStart e) {
            more.forEach(Instance::letGo);
            instances.removeAll(more);
            throw e;
        }
        return more;
    }

    /** Lets the newest instances go, side by side, and returns them when all have ended. */
    public synchronized List<Instance> shrink(Part part, int to) {
        var surplus = of(part.name()).stream()
                .filter(instance -> instance.number() > to)
                .toList();
        stop(surplus);
        instances.removeAll(surplus);
        return surplus;
    }

    private static void stop(List<Instance> some) {
        var stops = some.stream()
                .map(instance -> Thread.ofVirtual().start(instance::letGo))
                .toList();
        for (var stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Stops what is started or starting: services first, then what they use. */
    @Override
    public void close() {
        synchronized (instances) {
            if (closed) {
                return;
            }
            closed = true;
        }
        starters.shutdownNow();
        instances.stream()
                .map(instance -> instance.part().tier())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(tier -> stop(instances.stream()
                        .filter(instance -> instance.part().tier() == tier)
                        .toList()));
    }
}
