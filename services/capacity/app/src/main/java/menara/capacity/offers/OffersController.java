package menara.capacity.offers;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Timeline;
import menara.capacity.placement.DemandNames;
import menara.capacity.placement.RackSizing;
import menara.capacity.placement.RacksRequest;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.platform.security.Caller;
import menara.platform.web.Costly;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Offers over HTTP. */
@RestController
@RequestMapping("/api/capacity/offers")
class OffersController {

    private final CurrentStates current;
    private final EventSourcedState<Boundary, Campus, CampusEvent> campus;
    private final RackSizing sizing;
    private final Clock clock;

    OffersController(
            CurrentStates current,
            EventSourcedState<Boundary, Campus, CampusEvent> campus,
            RackSizing sizing,
            Clock clock) {
        this.current = current;
        this.campus = campus;
        this.sizing = sizing;
        this.clock = clock;
    }

    /**
     * @param period when the racks are wanted
     * @param racks which racks are wanted
     */
    record OffersRequest(Period period, RacksRequest racks) {}

    /**
     * @param fits whether the request fits as it is; then it is the only offer
     * @param offers at most six, nearest first, at starts that may be offered to the caller
     */
    record OffersView(boolean fits, List<OfferView> offers) {}

    /**
     * @param kind as-asked, elsewhere, earlier, later or fewer
     * @param period request exactly this period
     * @param count how many racks
     * @param racks the racks; name them in the request to get exactly these
     * @param gpus GPUs in those racks
     * @param power planned power of those racks
     * @param explanation the difference to the request in words
     */
    record OfferView(
            String kind, Period period, int count, List<RackId> racks, int gpus, Power power, String explanation) {

        static OfferView of(Offer offer) {
            return new OfferView(
                    offer.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    offer.period(),
                    offer.racks().size(),
                    offer.racks(),
                    offer.gpus(),
                    offer.power(),
                    offer.explanation());
        }
    }

    /** A tenant's offers begin whole days before or after the requested start; the operator's as soon as there is room. */
    @PostMapping
    @Costly
    OffersView find(@RequestBody OffersRequest request, Caller caller) {
        var demand = sizing.demand(request.racks());
        var period = Timeline.checked("period", request.period());
        var now = current.get(campus, new Boundary.Site());
        DemandNames.check(demand, now);
        var precision = caller.seesAll() ? StartPrecision.EXACT : StartPrecision.BY_DAY;
        var found = Offers.nearest(demand, period, now, precision, Timeline.now(clock));
        return new OffersView(
                found.stream().anyMatch(offer -> offer.kind() == Offer.Kind.AS_ASKED),
                found.stream().map(OfferView::of).toList());
    }
}
