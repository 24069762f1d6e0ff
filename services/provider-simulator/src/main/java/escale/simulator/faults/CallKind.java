package escale.simulator.faults;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a call to the provider is about. */
public enum CallKind {
    CREATE("create", true),
    CONFIRM("confirm", true),
    REFUND("refund", true),
    UPDATE("update", false),
    CANCEL("cancel", false),
    RETRIEVE("retrieve", false),
    LIST("list", false),
    SEARCH("search", false);

    private final String wire;
    private final boolean movesMoney;

    CallKind(String wire, boolean movesMoney) {
        this.wire = wire;
        this.movesMoney = movesMoney;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    public boolean movesMoney() {
        return movesMoney;
    }
}
