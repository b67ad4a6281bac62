package menara.capacity.risk;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.campus.Boundary;
import menara.capacity.events.DeratingCause;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;

record DerateNode(
        UUID derating, NodeId node, DeratingCause cause, Power lost, Period period, String reason, Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
