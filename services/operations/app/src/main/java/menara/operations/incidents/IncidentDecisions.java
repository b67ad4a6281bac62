package menara.operations.incidents;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import menara.operations.incidents.Incident.None;
import menara.operations.incidents.Incident.Open;
import menara.operations.incidents.Incident.Resolved;
import menara.operations.incidents.IncidentCommands.CorrectIncident;
import menara.operations.incidents.IncidentCommands.OpenIncident;
import menara.operations.incidents.IncidentCommands.ResolveIncident;
import menara.values.Period;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;

/** Decides on incidents. Outages are kept in whole seconds: a fraction is cut off both ends alike. */
final class IncidentDecisions {

    static final int MOST_SEVERE = 1;
    static final int LEAST_SEVERE = 4;
    static final int MAX_TEXT_LENGTH = 200;
    /** More racks than the whole campus has are a mistake. */
    static final int MAX_RACKS = 5_000;
    /** Ten years, longer than any contract's term: an earlier start is a typing error, and would touch too many months. */
    static final Duration MAX_AGE = Duration.ofDays(3_653);

    private IncidentDecisions() {}

    static List<IncidentEvent> decide(OpenIncident command, Incident incident) {
        return switch (incident) {
            case None _ -> {
                requireText("title", command.title());
                requireSeverity(command.severity());
                requireRacks(command.racks());
                var startedAt = requireStart(command.startedAt(), command.at());
                yield List.of(new IncidentOpened(
                        command.incident(),
                        command.kind(),
                        command.title(),
                        command.severity(),
                        List.copyOf(command.racks()),
                        startedAt,
                        command.at()));
            }
            case Open _, Resolved _ -> List.of(); // the id was made for one request: this is its retry
        };
    }

    static List<IncidentEvent> decide(ResolveIncident command, Incident incident) {
        if (incident.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (incident) {
            case None _ -> throw new NotFound("incident", command.incident());
            case Open open -> {
                var outage = requireOutage(open.startedAt(), command.resolvedAt(), command.at());
                yield List.of(new IncidentResolved(
                        command.incident(), open.severity(), open.racks(), outage, command.step(), command.at()));
            }
            case Resolved resolved -> {
                if (!resolved.outage().until().equals(command.resolvedAt().truncatedTo(SECONDS))) {
                    // Credits were granted on the recorded outage: changing it is a correction with a reason.
                    throw new RuleViolated(
                            "incident-already-resolved",
                            "incident %s was resolved at %s; a correction can change that"
                                    .formatted(
                                            command.incident(),
                                            resolved.outage().until()));
                }
                yield List.of();
            }
        };
    }

    static List<IncidentEvent> decide(CorrectIncident command, Incident incident) {
        if (incident.took(command.step())) {
            return List.of(); // only the answer was lost
        }
        return switch (incident) {
            case None _ -> throw new NotFound("incident", command.incident());
            case Open _ ->
                throw new RuleViolated(
                        "incident-still-open", "incident %s is not resolved yet".formatted(command.incident()));
            case Resolved resolved -> {
                requireText("reason", command.reason());
                requireRacks(command.racks());
                var outage = requireOutage(
                        requireStart(command.startedAt(), command.at()), command.resolvedAt(), command.at());
                yield isRecorded(command, outage, resolved)
                        ? List.of()
                        : List.of(new IncidentCorrected(
                                command.incident(),
                                resolved.severity(),
                                List.copyOf(command.racks()),
                                outage,
                                command.reason(),
                                command.by(),
                                Math.addExact(resolved.revision(), 1),
                                command.step(),
                                command.at()));
            }
        };
    }

    private static boolean isRecorded(CorrectIncident command, Period outage, Resolved resolved) {
        return outage.equals(resolved.outage())
                && new HashSet<>(command.racks()).equals(new HashSet<>(resolved.racks()));
    }

    private static Instant requireStart(Instant startedAt, Instant now) {
        if (startedAt.isAfter(now)) {
            throw new InvalidField(
                    "startedAt", "an outage cannot begin in the future: %s is after %s".formatted(startedAt, now));
        }
        if (startedAt.isBefore(now.minus(MAX_AGE))) {
            throw new InvalidField(
                    "startedAt", "an outage cannot have begun more than %d days ago".formatted(MAX_AGE.toDays()));
        }
        return startedAt.truncatedTo(SECONDS);
    }

    private static Period requireOutage(Instant startedAt, Instant resolvedAt, Instant now) {
        if (resolvedAt.isAfter(now)) {
            throw new InvalidField(
                    "resolvedAt", "an outage cannot end in the future: %s is after %s".formatted(resolvedAt, now));
        }
        var until = resolvedAt.truncatedTo(SECONDS);
        if (!until.isAfter(startedAt)) {
            throw new InvalidField(
                    "resolvedAt", "an outage ends at least one second after it began, at %s".formatted(startedAt));
        }
        return Period.between(startedAt, until);
    }

    private static void requireSeverity(int severity) {
        if (severity < MOST_SEVERE || severity > LEAST_SEVERE) {
            throw new InvalidField(
                    "severity", "must be %d (worst) to %d, was %d".formatted(MOST_SEVERE, LEAST_SEVERE, severity));
        }
    }

    private static void requireText(String field, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField(field, "must be one line of 1 to %d characters".formatted(MAX_TEXT_LENGTH));
        }
    }

    private static void requireRacks(List<RackId> racks) {
        if (racks.isEmpty() || racks.size() > MAX_RACKS) {
            throw new InvalidField("racks", "must be 1 to %d racks, were %d".formatted(MAX_RACKS, racks.size()));
        }
        if (new HashSet<>(racks).size() < racks.size()) {
            throw new InvalidField("racks", "must not name a rack twice");
        }
    }
}
