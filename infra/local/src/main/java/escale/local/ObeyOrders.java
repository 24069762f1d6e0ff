package escale.local;

import escale.local.control.Orders;
import escale.local.supervision.CannotStart;
import escale.local.supervision.Instance;
import escale.local.supervision.Seconds;
import escale.local.supervision.Supervisor;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What may be asked of a running system. */
final class ObeyOrders implements Orders {
    private static final String FAILPOINT = "--failpoint";

    private final Supervisor supervisor;
    private final Status status;
    private final SwitchProvider provider;
    private final Runnable leave;

    ObeyOrders(Supervisor supervisor, Status status, SwitchProvider provider, Runnable leave) {
        this.supervisor = supervisor;
        this.status = status;
        this.provider = provider;
        this.leave = leave;
    }

    @Override
    public int run(List<String> words, Consumer<String> reply) throws InterruptedException {
        var arguments = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "status" -> status.show(arguments.contains("--json")).forEach(reply);
            case "down" -> leave.run();
            case "kill" -> {
                for (var instance : named(arguments)) {
                    var pid = instance.pid();
                    instance.kill();
                    reply.accept("%s killed (process %s)".formatted(instance.name(), pid));
                }
            }
            case "restart" -> restart(arguments, reply);
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
            case "scale" -> new Scale(supervisor).run(arguments, reply);
            default -> throw new CannotStart("The supervisor does not know the order '" + words.getFirst() + "'.");
        }
        return 0;
    }

    private void restart(List<String> arguments, Consumer<String> reply) throws InterruptedException {
        var option = arguments.indexOf(FAILPOINT);
        if (option < 0) {
            for (var instance : named(arguments)) {
                instance.restart();
                reply.accept("%s restarted in %s (process %s)"
                        .formatted(instance.name(), Seconds.of(instance.took()), instance.pid()));
            }
            return;
        }
        if (option != arguments.size() - 2) {
            throw new CannotStart("Say what and where: ./escale restart payment " + FAILPOINT + " after-claim:3");
        }
        for (var instance : named(arguments.subList(0, option))) {
            instance.restart(arguments.getLast());
            reply.accept(
                    "%s restarted in %s (process %s); at its failpoint %s it halts once, and is brought back without"
                            .formatted(
                                    instance.name(), Seconds.of(instance.took()), instance.pid(), arguments.getLast()));
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
