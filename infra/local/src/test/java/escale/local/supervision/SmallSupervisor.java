package escale.local.supervision;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A supervisor in a process of its own, for the test that kills it. */
final class SmallSupervisor {
    private SmallSupervisor() {}

    public static void main(String... arguments) throws InterruptedException {
        var part = SmallProgram.part("small", Path.of(arguments[0]), Set.of());
        var supervisor = new Supervisor(List.of(part), InstantSource.system(), _ -> {}, _ -> {});
        supervisor.start();
        System.out.println(supervisor.of("small").getFirst().pid());
        Thread.currentThread().join();
    }
}
