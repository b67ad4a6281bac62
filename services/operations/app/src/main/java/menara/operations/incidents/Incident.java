package menara.operations.incidents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.values.Period;
import menara.values.RackId;

/** A failure on the site that takes racks down, from its opening to the resolution that says how long they were down. */
sealed interface Incident {

    /** The revision of an outage that the resolution itself records. */
    long FIRST_REVISION = 1;

    /** Never opened. */
    record None() implements Incident {}

    /** Racks are down. */
    record Open(IncidentKind kind, String title, int severity, List<RackId> racks, Instant startedAt, Instant openedAt)
            implements Incident {}

    /**
     * The racks work again, and the length of the outage is known.
     *
     * @param step which step resolved it
     */
    record Resolved(
            IncidentKind kind,
            String title,
            int severity,
            List<RackId> racks,
            Period outage,
            Instant openedAt,
            UUID step,
            List<Correction> corrections)
            implements Incident {

        public Resolved {
            corrections = List.copyOf(corrections);
        }

        long revision() {
            return FIRST_REVISION + corrections.size();
        }

        /** The incident with the first {@code count} of its corrections. */
        private Resolved with(int count) {
            if (count == corrections.size()) {
                return this;
            }
            var then = corrections.get(count).before();
            return new Resolved(
                    kind, title, severity, then.racks(), then.outage(), openedAt, step, corrections.subList(0, count));
        }

        private Resolved corrected(IncidentCorrected event) {
            var more = new ArrayList<>(corrections);
            more.add(new Correction(
                    event.at(),
                    event.by(),
                    event.reason(),
                    new Correction.Version(racks, outage),
                    new Correction.Version(event.racks(), event.outage()),
                    event.step()));
            return new Resolved(kind, title, severity, event.racks(), event.outage(), openedAt, step, more);
        }
    }

    /**
     * The record of an outage was wrong, and was replaced.
     *
     * @param at when it was replaced
     * @param by name of the person who replaced it
     * @param reason why
     * @param before the record until then
     * @param after the record since then
     * @param step which step this was
     */
    record Correction(Instant at, String by, String reason, Version before, Version after, UUID step) {

        /**
         * @param racks racks recorded as down; for a tenant only those that it had then
         * @param outage for how long
         */
        record Version(List<RackId> racks, Period outage) {

            Version {
                racks = List.copyOf(racks);
            }
        }
    }

    /** Whether a caller took that step already. */
    default boolean took(UUID taken) {
        return this instanceof Resolved resolved
                && (resolved.step().equals(taken)
                        || resolved.corrections().stream()
                                .anyMatch(found -> found.step().equals(taken)));
    }

    /** The incident right after that step; the present one if the step recorded nothing. */
    default Incident after(UUID taken) {
        if (!(this instanceof Resolved resolved)) {
            return this;
        }
        if (resolved.step().equals(taken)) {
            return resolved.with(0);
        }
        return IntStream.range(0, resolved.corrections().size())
                .filter(i -> resolved.corrections().get(i).step().equals(taken))
                .mapToObj(i -> resolved.with(i + 1))
                .findFirst()
                .orElse(resolved);
    }

    /** The incident when it was opened: the resolution keeps the racks and the start. */
    default Incident opened() {
        if (!(this instanceof Resolved resolved)) {
            return this;
        }
        var first = resolved.with(0);
        return new Open(
                first.kind(),
                first.title(),
                first.severity(),
                first.racks(),
                first.outage().from(),
                first.openedAt());
    }

    static Incident evolve(Incident incident, IncidentEvent event) {
        return switch (event) {
            case IncidentOpened opened ->
                new Open(
                        opened.kind(),
                        opened.title(),
                        opened.severity(),
                        opened.racks(),
                        opened.startedAt(),
                        opened.at());
            // Only an open incident is resolved, and only a resolved one is corrected.
            case IncidentResolved resolved ->
                incident instanceof Open open
                        ? new Resolved(
                                open.kind(),
                                open.title(),
                                open.severity(),
                                resolved.racks(),
                                resolved.outage(),
                                open.openedAt(),
                                resolved.step(),
                                List.of())
                        : incident;
            case IncidentCorrected corrected ->
                incident instanceof Resolved resolved ? resolved.corrected(corrected) : incident;
        };
    }
}
