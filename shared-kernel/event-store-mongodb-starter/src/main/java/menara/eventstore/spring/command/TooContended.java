package menara.eventstore.spring.command;

/** Others kept changing what the command had read, more often than it may be repeated. Nothing was stored; try again later. */
public final class TooContended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooContended(Object command, Throwable cause) {
        super(
                "%s met other changes %d times in a row"
                        .formatted(command.getClass().getSimpleName(), AxonCommands.MAX_ATTEMPTS),
                cause);
    }
}
