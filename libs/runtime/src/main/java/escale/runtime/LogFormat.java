package escale.runtime;

/** JSON lines for machines, plain lines on a terminal; {@code LOG_FORMAT=json|text} decides otherwise. */
final class LogFormat {
    private LogFormat() {}

    /** Before the first logger exists: the configuration file reads the answer as a system property. */
    @SuppressWarnings("SystemConsoleNull") // NullAway still models the console that could be null
    static void choose() {
        if (System.getenv("LOG_FORMAT") == null) {
            var console = System.console();
            System.setProperty("LOG_FORMAT", console != null && console.isTerminal() ? "text" : "json");
        }
    }
}
