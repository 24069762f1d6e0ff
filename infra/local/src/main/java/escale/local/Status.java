package escale.local;

import escale.local.supervision.Memory;
import escale.local.supervision.Seconds;
import escale.local.supervision.Supervisor;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What runs, as a table for people or as JSON for programs. */
final class Status {
    private static final String ROW = "  %-16s %8s %7s  %-9s %-9s %8s %9s %9s";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Supervisor supervisor;
    private final ZoneId zone;
    private final MoveClock clock;
    private volatile @Nullable Duration startTook;

    Status(Supervisor supervisor, ZoneId zone, MoveClock clock) {
        this.supervisor = supervisor;
        this.zone = zone;
        this.clock = clock;
    }

    void started(Duration took) {
        startTook = took;
    }

    List<String> show(boolean json) {
        return json ? List.of(json()) : table();
    }

    private List<String> table() {
        var lines = new ArrayList<String>();
        lines.add(ROW.formatted("part", "process", "port", "state", "since", "start", "revivals", "memory"));
        var sum = 0L;
        for (var instance : supervisor.instances()) {
            var memory = Memory.of(instance.server());
            sum += memory;
            var since = instance.since();
            lines.add(ROW.formatted(
                    instance.name(),
                    instance.pid(),
                    instance.server().ports().getFirst(),
                    instance.state().name().toLowerCase(Locale.ROOT),
                    since == null ? "-" : TIME.format(since.atZone(zone)),
                    Seconds.of(instance.took()),
                    instance.revivals(),
                    Memory.text(memory)));
        }
        var own = Memory.of(ProcessHandle.current());
        lines.add(ROW.formatted(
                "supervisor", ProcessHandle.current().pid(), "-", "ready", "-", "-", "-", Memory.text(own)));
        lines.add("");
        var took = startTook;
        lines.add("  memory %s (%s) · %s"
                .formatted(
                        Memory.text(sum + own),
                        Memory.measure(),
                        took == null ? "starting" : "started in " + Seconds.of(took)));
        clock.moveTold().ifPresent(line -> lines.add("  " + line));
        return lines;
    }

    private String json() {
        return supervisor.instances().stream()
                .map(instance -> """
                        {"name":"%s","part":"%s","number":%d,"process":%s,"ports":%s,"state":"%s","revivals":%d,"startMillis":%d,"memoryKilobytes":%d,"log":"%s"}""".formatted(
                                instance.name(),
                                instance.part().name(),
                                instance.number(),
                                instance.pid().equals("-") ? "null" : instance.pid(),
                                instance.server().ports(),
                                instance.state(),
                                instance.revivals(),
                                instance.took().toMillis(),
                                Memory.of(instance.server()),
                                instance.server().log()))
                .collect(Collectors.joining(",\n ", "[", "]"));
    }
}
