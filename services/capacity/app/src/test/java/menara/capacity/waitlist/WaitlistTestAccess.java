package menara.capacity.waitlist;

import java.time.Instant;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.waitlist.WaitlistCommands.ServeWaitlist;

/** How the waitlist is served, for tests of several processes. */
public final class WaitlistTestAccess {

    private WaitlistTestAccess() {}

    /** The command that serves it; it is answered with how many were confirmed. */
    public static Object serve(Instant at) {
        return new ServeWaitlist(at);
    }

    public static Object commandHandler(KnownContracts contracts) {
        return new WaitlistCommandHandler(contracts);
    }
}
