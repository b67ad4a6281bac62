package menara.capacity.forecast;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Timeline;
import menara.capacity.forecast.Forecast.Weights;
import menara.capacity.ledger.Ledger;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.eventstore.spring.state.PastStates;
import menara.platform.web.AsOf;
import menara.platform.web.Costly;
import menara.platform.web.Csv;
import menara.values.Power;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The forecast over HTTP, JSON or CSV, now or as of an instant. */
@RestController
@RequestMapping("/api/capacity/forecast")
class ForecastController {

    private static final int DAYS = 365;

    private final CurrentStates current;
    private final PastStates past;
    private final EventSourcedState<Boundary, Campus, CampusEvent> campus;
    private final EventSourcedState<Boundary, Ledger, CampusEvent> ledger;
    private final Weights weights;
    private final Clock clock;

    ForecastController(
            CurrentStates current,
            PastStates past,
            EventSourcedState<Boundary, Campus, CampusEvent> campus,
            EventSourcedState<Boundary, Ledger, CampusEvent> ledger,
            @Value("${menara.capacity.forecast.hold-weight:0.5}") double holdWeight,
            @Value("${menara.capacity.forecast.waitlist-weight:0.25}") double waitlistWeight,
            Clock clock) {
        this.current = current;
        this.past = past;
        this.campus = campus;
        this.ledger = ledger;
        this.weights = new Weights(holdWeight, waitlistWeight);
        this.clock = clock;
    }

    /**
     * The campus day by day.
     *
     * @param asOf as-of time
     * @param holdWeight probability with which a hold counts
     * @param waitlistWeight probability with which a request on the waitlist counts
     * @param exhaustion when the campus is full
     * @param days by date, UTC
     */
    record ForecastView(
            Instant asOf, double holdWeight, double waitlistWeight, ExhaustionView exhaustion, List<DayView> days) {}

    /**
     * When the campus is full if commitments grow as in the last 90 days; null where that is not within the forecast.
     *
     * @param growth power newly committed a day
     * @param earliest at the growth of the strongest 30-day span of those days
     * @param latest at the growth of the weakest
     */
    record ExhaustionView(
            Power growth,
            @Nullable LocalDate expected,
            @Nullable LocalDate earliest,
            @Nullable LocalDate latest) {}

    /**
     * @param planned name plates of the phases that are planned to be there
     * @param released power released by then
     * @param available the part that racks can draw; the rest is stranded
     * @param committed highest committed power at any instant of the day
     * @param held held and not confirmed, the highest at any instant of the day
     * @param waitlisted power of requests on the waitlist, the highest at any instant of the day
     * @param probable committed, plus held and waitlisted by their weights
     * @param stranded released power that cannot be committed
     */
    record DayView(
            LocalDate date,
            Power planned,
            Power released,
            Power available,
            Power committed,
            Power held,
            Power waitlisted,
            Power probable,
            StrandedView stranded) {}

    /**
     * @param racks there are no racks for it, or none small enough
     * @param halls the halls cannot distribute it
     * @param powerTree a node of the power tree cannot carry it
     * @param cooling the heat cannot be carried away
     * @param deratings lost by nodes
     * @param reserve held back on purpose
     */
    record StrandedView(Power racks, Power halls, Power powerTree, Power cooling, Power deratings, Power reserve) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Costly(onlyWith = AsOf.PARAMETER)
    ForecastView forecast(@RequestParam Optional<LocalDate> from, @RequestParam Optional<Integer> days, AsOf asOf) {
        var now = Timeline.now(clock);
        var known = asOf.given() ? Timeline.checked(AsOf.PARAMETER, asOf.at()) : now;
        int count = days.orElse(DAYS);
        if (count < 1 || count > Forecast.MAX_DAYS) {
            throw new InvalidField("days", "must be 1 to %d, was %d".formatted(Forecast.MAX_DAYS, count));
        }
        var first = from.orElse(LocalDate.ofInstant(known, ZoneOffset.UTC));
        Timeline.checked("from", first.atStartOfDay(ZoneOffset.UTC).toInstant());
        Timeline.checked(
                "days", first.plusDays(count).atStartOfDay(ZoneOffset.UTC).toInstant());
        var result = known.isBefore(now)
                ? forecast(past(campus, known), past(ledger, known), known, first, count)
                : current.get(
                        campus,
                        ledger,
                        new Boundary.Site(),
                        (seen, commitments) -> forecast(seen, commitments, known, first, count));
        var exhaustion = result.exhaustion();
        return new ForecastView(
                known,
                weights.hold(),
                weights.waitlist(),
                new ExhaustionView(
                        Power.watts(exhaustion.wattsADay()),
                        exhaustion.expected(),
                        exhaustion.earliest(),
                        exhaustion.latest()),
                result.days().stream().map(ForecastController::view).toList());
    }

    private Forecast.Result forecast(Campus seen, Ledger commitments, Instant known, LocalDate first, int count) {
        return Forecast.of(seen, commitments, known, first, count, weights);
    }

    private <S> S past(EventSourcedState<Boundary, S, CampusEvent> definition, Instant known) {
        return past.fold(definition, new Boundary.Site(), event -> !event.at().isAfter(known));
    }

    private static DayView view(Forecast.Day day) {
        var stranded = day.stranded();
        return new DayView(
                day.date(),
                Power.watts(day.planned()),
                Power.watts(day.released()),
                Power.watts(day.usable()),
                Power.watts(day.committed()),
                Power.watts(day.held()),
                Power.watts(day.waitlisted()),
                Power.watts(day.probable()),
                new StrandedView(
                        Power.watts(stranded.racks()),
                        Power.watts(stranded.halls()),
                        Power.watts(stranded.powerTree()),
                        Power.watts(stranded.cooling()),
                        Power.watts(stranded.deratings()),
                        Power.watts(stranded.reserve())));
    }

    @GetMapping(produces = "text/csv")
    @Costly(onlyWith = AsOf.PARAMETER)
    String forecastAsCsv(@RequestParam Optional<LocalDate> from, @RequestParam Optional<Integer> days, AsOf asOf) {
        var header = List.of(
                "date",
                "planned_w",
                "released_w",
                "available_w",
                "committed_w",
                "held_w",
                "waitlisted_w",
                "probable_w",
                "stranded_racks_w",
                "stranded_halls_w",
                "stranded_power_tree_w",
                "stranded_cooling_w",
                "stranded_deratings_w",
                "stranded_reserve_w");
        return forecast(from, days, asOf).days().stream()
                .map(day -> Csv.line(Arrays.asList(
                        day.date(),
                        day.planned().watts(),
                        day.released().watts(),
                        day.available().watts(),
                        day.committed().watts(),
                        day.held().watts(),
                        day.waitlisted().watts(),
                        day.probable().watts(),
                        day.stranded().racks().watts(),
                        day.stranded().halls().watts(),
                        day.stranded().powerTree().watts(),
                        day.stranded().cooling().watts(),
                        day.stranded().deratings().watts(),
                        day.stranded().reserve().watts())))
                .collect(Collectors.joining("", Csv.line(header), ""));
    }
}
