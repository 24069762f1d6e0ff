package escale.runtime;

/** Which request something happened for: the W3C trace it belongs to, and the id that people quote to support. */
public record Trace(String traceparent, String requestId) {}
