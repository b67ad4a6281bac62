package menara.platform.eventsourcing;

/** Marks a thread that handles an event, as opposed to one that serves a request. */
final class Handling {

    private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();

    private Handling() {}

    static void run(Runnable handler) {
        ScopedValue.where(UNDER_WAY, true).run(handler);
    }

    static boolean isUnderWay() {
        return UNDER_WAY.isBound();
    }
}
