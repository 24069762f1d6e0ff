package escale.local;

import escale.local.control.Orders;
import escale.local.supervision.CannotStart;
import escale.local.supervision.Instance;
import escale.local.supervision.Seconds;
import escale.local.supervision.Supervisor;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be asked of a running system. */
final class ObeyOrders implements Orders {
    private final Supervisor supervisor;
    private final Status status;
    private final SwitchProvider provider;
    private final MoveClock clock;
    private final Runnable leave;

    ObeyOrders(Supervisor supervisor, Status status, SwitchProvider provider, MoveClock clock, Runnable leave) {
        this.supervisor = supervisor;
        this.status = status;
        this.provider = provider;
        this.clock = clock;
        this.leave = leave;
    }

    @Override
    public int run(List<String> words, Consumer<String> reply) throws InterruptedException {
        var arguments = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "status" -> status.show(arguments.contains("--json")).forEach(reply);
            case "down" -> leave.run();
            case "kill" -> kill(Sentence.of(arguments), reply);
            case "restart" -> restart(Sentence.of(arguments), reply);
            case "stop" -> {
                for (var instance : named(arguments)) {
                    instance.stop();
                    reply.accept("%s stopped; ./escale start %s starts it again"
                            .formatted(instance.name(), instance.name()));
                }
            }
            case "start" -> {
                for (var instance : named(arguments)) {
                    start(instance, reply);
                }
            }
            case "await" -> {
                for (var instance : named(arguments)) {
                    instance.awaitReady();
                    reply.accept("%s is ready (process %s)".formatted(instance.name(), instance.pid()));
                }
            }
            case "pause" -> {
                for (var instance : named(arguments)) {
                    reply.accept(instance.name()
                            + (instance.pause() ? " frozen; ./escale resume lets it go on" : " does not run"));
                }
            }
            case "resume" -> {
                for (var instance : named(arguments)) {
                    reply.accept(instance.name() + (instance.resume() ? " goes on" : " was not frozen"));
                }
            }
            case "fault" -> provider.run(arguments, reply);
            case "clock" -> clock.run(arguments, reply);
            case "scale" -> new Scale(supervisor).run(arguments, reply);
            default -> throw new CannotStart("The supervisor does not know the order '" + words.getFirst() + "'.");
        }
        return 0;
    }

    /**
     * Who is meant, and what is to happen to them.
     *
     * @param failpoint at which they halt once, after they were started again
     */
    private record Sentence(List<String> parts, @Nullable String failpoint) {
        private static final String OPTION = "--failpoint";

        static Sentence of(List<String> arguments) {
            var option = arguments.indexOf(OPTION);
            if (option < 0) {
                return new Sentence(arguments, null);
            }
            if (option != arguments.size() - 2) {
                throw new CannotStart("Say what and where: ./escale restart payment " + OPTION + " after-claim:3");
            }
            return new Sentence(arguments.subList(0, option), arguments.getLast());
        }

        String line() {
            return failpoint == null
                    ? ""
                    : "; at its failpoint %s it halts once, and is brought back without".formatted(failpoint);
        }
    }

    private void kill(Sentence sentence, Consumer<String> reply) {
        for (var instance : named(sentence.parts())) {
            var pid = instance.pid();
            instance.kill(sentence.failpoint());
            reply.accept("%s killed (process %s)%s".formatted(instance.name(), pid, sentence.line()));
        }
    }

    private void restart(Sentence sentence, Consumer<String> reply) throws InterruptedException {
        for (var instance : named(sentence.parts())) {
            instance.restart(sentence.failpoint());
            reply.accept("%s restarted in %s (process %s)%s"
                    .formatted(instance.name(), Seconds.of(instance.took()), instance.pid(), sentence.line()));
        }
    }

    private static void start(Instance instance, Consumer<String> reply) throws InterruptedException {
        if (instance.server().running()) {
            reply.accept(instance.name() + " runs");
            return;
        }
        instance.start();
        reply.accept("%s started in %s (process %s)"
                .formatted(instance.name(), Seconds.of(instance.took()), instance.pid()));
    }

    /** {@code payment} means all its instances, {@code payment#2} one. */
    private List<Instance> named(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new CannotStart("Which one? There are " + names() + ".");
        }
        return arguments.stream().flatMap(this::named).toList();
    }

    private Stream<Instance> named(String name) {
        var found = supervisor.instances().stream()
                .filter(instance ->
                        instance.name().equals(name) || instance.part().name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new CannotStart("There is no %s here; there are %s.".formatted(name, names()));
        }
        return found.stream();
    }

    private String names() {
        return String.join(
                ", ", supervisor.instances().stream().map(Instance::name).toList());
    }
}
