package escale.drill.drills;

/** A scene to be played. */
sealed interface Drill
        permits Happy,
                Decline,
                Ladder,
                Redrive,
                HotSeat,
                CrashAfterCharge,
                KillUnderLoad,
                ScaleWorkers,
                Outage,
                PayLater,
                LateMoney,
                Chaos {
    /** What it shows, in one line. */
    String shows();

    void play(Stage stage) throws Exception;
}
