package escale.local.supervision;

import com.sun.net.httpserver.HttpServer;
import escale.testkit.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The smallest thing that can be supervised: answers on a port, or fails as it is told. */
final class SmallProgram {
    private SmallProgram() {}

    public static void main(String... arguments) throws IOException {
        if (arguments[0].equals("fail")) {
            System.out.println("I cannot bear it");
            System.exit(7);
        }
        var failpoint = System.getenv("ESCALE_FAILPOINT");
        if ("at-start".equals(failpoint)) {
            Runtime.getRuntime().halt(86);
        } else if ("unknown".equals(failpoint)) {
            System.out.println("I know no such place");
            System.exit(1);
        }
        Thread.ofPlatform().daemon().start(SmallProgram::leaveWithTheParent);
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/work", _ -> {
            if ("at-work".equals(failpoint)) {
                Runtime.getRuntime().halt(86);
            }
        });
        server.start();
    }

    private static void leaveWithTheParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // the same as its end
        }
        System.exit(0);
    }

    /** A part of which the n-th instance takes the n-th port, or any free one. */
    static Part part(String name, Path logs, Set<String> needs, int... ports) {
        return new Part(name, needs, needs.isEmpty() ? 0 : 1, true, number -> {
            var port = number <= ports.length ? ports[number - 1] : Port.free();
            return server(name + number, logs, port, Integer.toString(port));
        });
    }

    static Part failing(String name, Path logs, Set<String> needs) {
        return new Part(name, needs, 1, false, _ -> server(name, logs, Port.free(), "fail"));
    }

    private static Server server(String name, Path logs, int port, String argument) {
        return new Program(new Program.Launch(
                name,
                Stream.concat(
                                Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
                                Stream.of(
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        SmallProgram.class.getName(),
                                        argument))
                        .toList(),
                Map.of(),
                List.of(port),
                Probe.at(port, "/"),
                Patience.LONGEST,
                true,
                logs.resolve(name + ".log")));
    }
}
