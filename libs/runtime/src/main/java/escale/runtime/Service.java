package escale.runtime;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The life of a service process: its HTTP server answers probes at once, the stages climb behind it, SIGTERM undoes both. */
public final class Service implements AutoCloseable {
    private final ApplicationContext context;

    private Service(ApplicationContext context) {
        this.context = context;
    }

    /** What the main method of every service calls. */
    public static void run(String name, String... args) {
        LogFormat.choose();
        mindTheFailpoint();
        var service =
                start(ApplicationContext.builder().args(args).properties(Map.of("micronaut.application.name", name)));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
        if (System.getenv("ESCALE_PARENT_PIPE") != null) {
            Thread.ofPlatform().daemon().name("parent").start(Service::leaveWithTheParent);
        }
    }

    /** A drill that armed nothing would prove nothing; and nobody should wonder why a process has died. */
    private static void mindTheFailpoint() {
        try {
            Failpoint.armed(System.getenv(Failpoint.VARIABLE))
                    .ifPresent(armed -> System.err.println("This process will halt at its failpoint " + armed));
        } catch (IllegalArgumentException nobodyKnowsIt) {
            System.err.println(nobodyKnowsIt.getMessage());
            System.exit(1);
        }
    }

    /** Also for tests, which bring their own properties. */
    public static Service start(ApplicationContextBuilder builder) {
        var context = builder.deduceEnvironment(false).start();
        try {
            context.findBean(EmbeddedServer.class).ifPresent(EmbeddedServer::start);
            context.getBean(Stages.class).begin();
            return new Service(context);
        } catch (RuntimeException | Error busyPort) {
            context.close(); // its threads would keep a process alive that serves nobody
            throw busyPort;
        }
    }

    public ApplicationContext context() {
        return context;
    }

    /** The stages first, while HTTP still answers what it already accepted; then everything else. */
    @Override
    public void close() {
        context.getBean(Stages.class).stop();
        context.findBean(EmbeddedServer.class).ifPresent(EmbeddedServer::stop);
        context.close();
    }

    /** The launcher holds our standard input; when it ends, however it ended, so do we. */
    private static void leaveWithTheParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // the same as its end
        }
        System.exit(0);
    }
}
