package escale.testkit;

import java.util.stream.Stream;

/** One rule of the house, as its sentence says it. */
public enum HouseRule {
    NAMED_FOR_ITS_JOB("A package or class is named for its job."),
    NULL_MARKED("Every package is @NullMarked."),
    ONE_WAY("Data flows one way: nothing knows http or kafka, and doors know no other door but sql."),
    TIME_AND_IDS_COME_IN("Time and ids come in as arguments."),
    LOGS_ONLY("What a service has to say goes to its log."),
    CONSTRUCTOR_INJECTION("What a class needs is in its constructor."),
    NO_LONELY_INTERFACE("An interface has more than one implementation."),
    NO_MOCKS("Tests use the real thing or a hand-written fake."),
    SHORT_FILES("A file stops at 300 lines.");

    private final String sentence;

    HouseRule(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    Stream<Violation> violations(House house) {
        return switch (this) {
            case NAMED_FOR_ITS_JOB -> Naming.violations(house);
            case NULL_MARKED -> NullMarking.violations(house);
            case ONE_WAY -> Doors.violations(house);
            case TIME_AND_IDS_COME_IN -> TimeAndIds.violations(house);
            case LOGS_ONLY -> Speech.violations(house);
            case CONSTRUCTOR_INJECTION -> Injection.violations(house);
            case NO_LONELY_INTERFACE -> LonelyInterfaces.violations(house);
            case NO_MOCKS -> Mocks.violations(house);
            case SHORT_FILES -> FileLength.violations(house);
        };
    }
}
