package escale.http;

import escale.runtime.Trace;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the ids of a request on every log line that is written for it, on whichever thread that happens. */
record TracedLog(String requestId, String traceId) implements ThreadPropagatedContextElement<Boolean> {
    TracedLog(Trace trace) {
        this(trace.requestId(), Traceparent.traceId(trace.traceparent()));
    }

    @Override
    public Boolean updateThreadContext() {
        MDC.put("requestId", requestId);
        MDC.put("traceId", traceId);
        return true;
    }

    @Override
    public void restoreThreadContext(@Nullable Boolean entered) {
        MDC.remove("requestId");
        MDC.remove("traceId");
    }
}
