package menara.investment.milestones;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.Paging;
import menara.platform.web.Page;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** One document per milestone and one per phase, which holds the GPUs energised so far. */
@Projection(value = "milestones", by = "phase")
class MilestoneReadModel {

    private final ReadModel milestones;
    private final ReadModel phases;

    MilestoneReadModel(MongoDatabase database) {
        this.milestones = ReadModel.in(database, "milestones");
        this.phases = ReadModel.in(database, "milestone_phases");
    }

    @EventHandler(eventName = "menara.investment.MilestoneSet")
    void on(MilestoneSet event) {
        milestones.upsert(
                event.milestone().value(),
                combine(set("phase", event.phase().value()), set("targetGpus", event.targetGpus())));
    }

    @EventHandler(eventName = "menara.investment.RackCounted")
    void on(RackCounted event) {
        phases.upsert(event.phase().value(), set("energisedGpus", event.energisedGpus()));
    }

    @EventHandler(eventName = "menara.investment.MilestoneReached")
    void on(MilestoneReached event) {
        milestones.upsert(
                event.milestone().value(), set("reachedAt", event.reachedAt().toString()));
    }

    Optional<MilestoneView> find(MilestoneId milestone) {
        return milestones
                .get(milestone.value())
                .map(found -> read(found, energised(List.of(found.getString("phase")))));
    }

    /** @param state pending or reached; both if it is empty */
    Page<MilestoneView> page(Paging paging, Optional<String> state) {
        var wanted = state.map(asked -> switch (asked) {
                    case "pending" -> exists("reachedAt", false);
                    case "reached" -> exists("reachedAt");
                    default -> throw new InvalidField("state", "must be pending or reached, was " + asked);
                })
                .orElseGet(Filters::empty);
        var page = paging.pageById(milestones, wanted, found -> found);
        var energised = energised(
                page.items().stream().map(found -> found.getString("phase")).toList());
        return new Page<>(
                page.items().stream().map(found -> read(found, energised)).toList(), page.next());
    }

    private Map<String, Integer> energised(List<String> wanted) {
        var energised = new HashMap<String, Integer>();
        phases.find(in("_id", wanted))
                .forEach(phase -> energised.put(phase.getString("_id"), phase.getInteger("energisedGpus")));
        return energised;
    }

    private static MilestoneView read(Document document, Map<String, Integer> energisedByPhase) {
        var milestone = new MilestoneId(document.getString("_id"));
        var phase = new PhaseId(document.getString("phase"));
        int targetGpus = document.getInteger("targetGpus");
        int energisedGpus = energisedByPhase.getOrDefault(phase.value(), 0);
        var reachedAt = document.getString("reachedAt");
        return reachedAt == null
                ? MilestoneView.pending(milestone, phase, targetGpus, energisedGpus)
                : MilestoneView.reached(milestone, phase, targetGpus, energisedGpus, Instant.parse(reachedAt));
    }
}
