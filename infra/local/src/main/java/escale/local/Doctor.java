package escale.local;

import com.sun.management.OperatingSystemMXBean;
import escale.local.supervision.Port;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** Looks for what may keep Escale from running well on this machine. */
final class Doctor {
    private static final long GIGABYTE = 1L << 30;
    private static final long LEAST_DISK = GIGABYTE;
    private static final long LEAST_MEMORY = 3 * GIGABYTE;

    private final Place place;
    private final Ports ports;
    private final Consumer<String> show;
    private int complaints;

    Doctor(Place place, Ports ports, Consumer<String> show) {
        this.place = place;
        this.ports = ports;
        this.show = show;
    }

    /** Exit code 1 when something has to be done first. */
    int run() throws IOException {
        var running = RunState.control(place)
                .flatMap(control -> ProcessHandle.of(control.pid()))
                .isPresent();
        note(
                !losesWakeUps(Runtime.version()),
                "java",
                System.getProperty("java.vm.version") + " in " + System.getProperty("java.home"),
                Runtime.version() + " may forget a virtual thread for ever (JDK-8369227): take 25.0.3 or newer");
        machine();
        note(
                running || leftovers().isEmpty(),
                "leftovers",
                "none",
                "processes of a killed run end: " + leftovers() + "; the next up waits for them");
        if (running) {
            note(true, "escale", "runs; ./escale status shows it", "");
        } else {
            ports();
        }
        programs();
        show.accept(complaints == 0 ? "Nothing to complain about." : "To do: " + complaints);
        return complaints == 0 ? 0 : 1;
    }

    /** Of a request that meets this nobody ever hears again. */
    static boolean losesWakeUps(Runtime.Version java) {
        return java.feature() == 25 && java.compareTo(Runtime.Version.parse("25.0.3")) < 0;
    }

    private void machine() throws IOException {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        note(
                machine.getTotalMemorySize() >= LEAST_MEMORY,
                "memory",
                "%.1f GB, %d processors"
                        .formatted((double) machine.getTotalMemorySize() / GIGABYTE, machine.getAvailableProcessors()),
                "less than 3 GB: start fewer parts, ./escale up --only payment");
        Files.createDirectories(place.home());
        var disk = place.home().toFile().getUsableSpace();
        note(
                disk >= LEAST_DISK,
                "disk",
                "%.1f GB free at %s".formatted((double) disk / GIGABYTE, place.home()),
                "less than 1 GB free at " + place.home() + ": make room, or set ESCALE_HOME to another place");
    }

    private List<Long> leftovers() throws IOException {
        return RunState.leftovers(place).stream().map(ProcessHandle::pid).toList();
    }

    private void ports() {
        var taken = ports.all().stream().filter(Port::isTaken).toList();
        note(
                taken.isEmpty(),
                "ports",
                "all free",
                "taken by other programs: " + taken + "; stop them, or set ESCALE_PORT_OFFSET=100 to move all ports");
    }

    private void programs() {
        var missing = Roster.MODULES.stream()
                .map(place::jar)
                .filter(jar -> !Files.exists(jar))
                .map(jar -> jar.getFileName().toString())
                .toList();
        note(missing.isEmpty(), "programs", "all built", "not built yet: " + missing + "; ./escale up builds them");
    }

    private void note(boolean well, String what, String finding, String advice) {
        show.accept("  %-10s %-4s %s".formatted(what, well ? "ok" : "!", well ? finding : advice));
        complaints += well ? 0 : 1;
    }
}
