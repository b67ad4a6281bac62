package menara.capacity.risk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import menara.capacity.campus.Timeline;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import org.springframework.stereotype.Component;

/** A risk may end by the passing of time alone: while there is one, it is assessed again every hour. */
@Component
class RiskWatch implements DueWork {

    static final String KIND = "capacity-risk";

    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Commands commands;
    private final DueDates dueDates;
    private final Clock clock;

    RiskWatch(Commands commands, DueDates dueDates, Clock clock) {
        this.commands = commands;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    void begin() {
        dueDates.schedule(KIND, "campus", clock.instant().plus(INTERVAL));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(String id, Instant dueAt) {
        var outlook = commands.send(new AssessRisk(Timeline.now(clock)), Outlook.class);
        if (!outlook.atRisk().isEmpty()) {
            begin();
        }
    }
}
