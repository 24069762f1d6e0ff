package escale.contracts;

import java.util.List;

/** Decides whether the contracts of today may follow those of the last release without anybody else changing. */
final class ContractGate {
    private ContractGate() {}

    static List<String> breaks(Contracts released, Contracts current) {
        var breaks = new Breaks();
        breaks.each("topic ", released.topics(), current.topics(), new TopicGate(breaks)::compare);
        breaks.each(
                "event ",
                released.events(),
                current.events(),
                new SchemaGate(breaks, SchemaGate.Traffic.EVENT)::compare);
        breaks.each("api ", released.apis(), current.apis(), new ApiGate(breaks)::compare);
        return breaks.lines();
    }
}
