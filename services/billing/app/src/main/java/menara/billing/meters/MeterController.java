package menara.billing.meters;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import menara.billing.meters.MeterCommands.DefineMeter;
import menara.eventstore.spring.Commands;
import menara.platform.web.Idempotent;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Meters over HTTP. */
@RestController
@RequestMapping("/api/billing/meters")
class MeterController {

    private final Commands commands;
    private final MeterReadModel meters;
    private final Clock clock;

    MeterController(Commands commands, MeterReadModel meters, Clock clock) {
        this.commands = commands;
        this.meters = meters;
        this.clock = clock;
    }

    record MeterView(String meter, String unit, Aggregation aggregation, List<String> dimensions) {

        MeterView {
            Meter.defined(meter, unit, aggregation, dimensions); // what is no meter cannot be read as one
        }

        static MeterView of(Meter meter) {
            return new MeterView(meter.code(), meter.unit(), meter.aggregation(), meter.dimensions());
        }
    }

    record MetersView(List<MeterView> items) {}

    @PostMapping
    @Idempotent
    ResponseEntity<MeterView> define(@RequestBody MeterView request) {
        var meter = Meter.defined(request.meter(), request.unit(), request.aggregation(), request.dimensions());
        commands.send(new DefineMeter(
                new MeterCode(meter.code()), meter, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return ResponseEntity.created(URI.create("/api/billing/meters")).body(MeterView.of(meter));
    }

    @GetMapping
    MetersView all() {
        return new MetersView(meters.all().stream().map(MeterView::of).toList());
    }
}
