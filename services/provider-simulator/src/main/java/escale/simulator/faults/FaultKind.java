package escale.simulator.faults;

import com.fasterxml.jackson.annotation.JsonValue;

/** The ways a call can go wrong; see the README for what each looks like to the client. */
public enum FaultKind {
    ERROR_500_BEFORE("error500Before"),
    ERROR_500_STORED("error500Stored"),
    ERROR_500_AFTER("error500After"),
    ERROR_502_HTML("error502Html"),
    ERROR_503("error503"),
    ERROR_429("error429"),
    HANG("hang"),
    HANG_AFTER("hangAfter"),
    DRIP("drip"),
    TRUNCATED("truncated"),
    RESET_BEFORE("resetBefore"),
    RESET_AFTER("resetAfter"),
    DECLINE("decline");

    private final String wire;

    FaultKind(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }
}
