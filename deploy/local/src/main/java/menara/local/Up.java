package menara.local;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import menara.keycloak.Realm;

/** {@code ./menara up}. */
final class Up {

    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final Settings settings;
    private final State state;
    private final boolean memory;
    private final Console console = new Console(System.out);
    private volatile boolean stopping;

    Up(Settings settings, State state, boolean memory) {
        this.settings = settings;
        this.state = state;
        this.memory = memory;
    }

    int run(boolean detach) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        state.open();
        var running = new Running(state, Running.POLITE_LIMIT);
        LocalParts local = new LocalParts(settings, state, Secrets.of(state), memory);
        List<Part> parts = local.all();
        Starter starter = new Starter(state, running, console);
        Supervisor supervisor = new Supervisor(state, running, console);
        Thread stopAll = new Thread(() -> stopQuietly(starter, supervisor, running, parts), "stop");
        boolean alreadyUp = true;
        try (var _ = lock()) {
            state.endStopping();
            boolean anyUp = false;
            for (Part part : local.every()) {
                anyUp |= running.process(part).isPresent();
            }
            for (Part part : parts) {
                alreadyUp &= running.process(part).isPresent();
            }
            if (anyUp) {
                settings.requireSameAs(settings.asRemembered(state));
            }
            if (!settings.databases().none() && !databasesAnswer()) {
                return 1;
            }
            settings.remember(state);
            if (!alreadyUp) {
                Runtime.getRuntime().addShutdownHook(stopAll); // Ctrl-C from here on leaves nothing behind
            }
            starter.start(parts);
        } catch (InterruptedException e) {
            if (!stopping) {
                throw e;
            }
            Thread.sleep(STOP_LIMIT); // the end of the process, after all parts
        }
        console.say("\nMenara is ready after " + Console.seconds(Duration.ofNanos(System.nanoTime() - begun)) + ".\n");
        printAddresses(local);
        if (alreadyUp) {
            Supervisor.startDetached(state, memory); // the former supervisor may be gone; if not, this one waits
            console.say("\nIt was up before; ./menara down stops it.");
            return 0;
        }
        if (detach) {
            Runtime.getRuntime().removeShutdownHook(stopAll);
            Supervisor.startDetached(state, memory);
            console.say("\nStop it with ./menara down.");
            return 0;
        }
        console.say("\nStop it with Ctrl-C.");
        supervisor.watch(parts, local.lostWhenEnded());
        return 0;
    }

    /** Asked by a program of its own, which has the driver; what is wrong it says by itself. */
    private boolean databasesAnswer() throws IOException, InterruptedException {
        return new Tool(settings, state, "local", DatabaseCheck.class.getName())
                        .run(List.of(), settings.databases().variables())
                == 0;
    }

    private void printAddresses(LocalParts local) {
        console.say("  portal and API   " + settings.gatewayUri());
        console.say("  Keycloak         " + local.issuer());
        console.say("  MongoDB          "
                + (!settings.databases().none()
                        ? "(yours)"
                        : "mongodb://127.0.0.1:" + settings.mongodbPort() + ", users in " + state.secrets()));
        console.say("");
        console.say("  Demo accounts, all with the password " + Realm.DEMO_PASSWORD + ":");
        console.say("    operator  capacity-manager  billing-clerk  billing-approver  finance  investor-relations");
        console.say("    investment-approver  usage-reporter  usage-backfill  auditor");
        console.say("    partner-naver-cloud  partner-nvidia  partner-nexus-core-systems  partner-lloyds-capital");
        console.say("    tenant-atlas-ai  tenant-rif-bio");
        console.say("");
        console.say("  Next: ./menara demo");
    }

    /** The supervisor may just be starting a part again, which is waited for; another {@code up} is not. */
    private Closeable lock() throws IOException, InterruptedException {
        boolean supervised = ProcessRecord.read(state, Supervisor.NAME)
                .flatMap(ProcessRecord::process)
                .isPresent();
        return state.lock(supervised ? settings.startLimit() : Duration.ZERO);
    }

    private void stopQuietly(Starter starter, Supervisor supervisor, Running running, List<Part> parts) {
        stopping = true;
        starter.cancel();
        supervisor.cancel();
        try {
            state.beginStopping(); // a supervisor that is there too starts nothing again meanwhile
            List<String> stopped = running.stop(parts);
            state.endStopping();
            if (!stopped.isEmpty()) {
                console.say("\nstopped " + String.join(", ", stopped));
            }
        } catch (IOException | LauncherFailure e) {
            console.say("menara: " + e.getMessage());
        }
    }
}
