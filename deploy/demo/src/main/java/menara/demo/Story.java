package menara.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import menara.demo.trace.Trace;
import menara.demo.trace.TraceJob;
import menara.demo.trace.TraceNode;

/**
 * A trace laid onto the campus: which instant its second 0 is, whose jobs they are, what its machines stand for. Everything
 * follows from the trace, so importing it again names the same things again.
 *
 * @param trace what ran
 * @param begins the instant of second 0
 */
record Story(Trace trace, Instant begins) {

    static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    static final String CURRENCY = "USD";

    /** The tenants of the local realm; a trace has none, so its service classes are dealt out to them. */
    enum DemoTenant {
        ATLAS_AI("atlas-ai", "Atlas AI SA", "Casablanca", "001525713000042", "LS", "Guaranteed"),
        RIF_BIO("rif-bio", "Rif Bio SARL", "Tétouan", "002718281000045", "BE", "Burstable");

        private final String alias;
        private final String company;
        private final String city;
        private final String ice;
        private final String firstClass;
        private final String secondClass;

        DemoTenant(String alias, String company, String city, String ice, String firstClass, String secondClass) {
            this.alias = alias;
            this.company = company;
            this.city = city;
            this.ice = ice;
            this.firstClass = firstClass;
            this.secondClass = secondClass;
        }

        String alias() {
            return alias;
        }

        /** Whom the invoices are addressed to; invented, as the tenants are. */
        Map<String, Object> buyer() {
            return Map.of(
                    "name",
                    company,
                    "street",
                    "12 rue Ibn Batouta",
                    "postalCode",
                    "20000",
                    "city",
                    city,
                    "country",
                    "MA",
                    "ice",
                    ice);
        }

        /** A service class without a tenant goes to the first tenant. */
        static DemoTenant of(TraceJob job) {
            return Stream.of(values())
                    .filter(tenant -> job.serviceClass().equals(tenant.firstClass)
                            || job.serviceClass().equals(tenant.secondClass))
                    .findFirst()
                    .orElse(ATLAS_AI);
        }
    }

    /** A trace says nothing of power: a server's own draw, and that of each GPU. An assumption of the demo, printed as such. */
    static final long WATTS_PER_SERVER = 800;

    static final long WATTS_PER_GPU = 700;

    /** Contracts and reservations run on after the trace ends, so that there is a return to project. */
    static final int TERM_MONTHS = 36;

    /** Prices of the demo, in {@link #CURRENCY}: a GPU used by the hour, and a GPU reserved by the hour, used or not. */
    static final BigDecimal GPU_HOUR_PRICE = new BigDecimal("2.10");

    private static final BigDecimal RESERVED_GPU_HOUR_PRICE = new BigDecimal("1.60");

    /** What the campus is taken to have cost per GPU, buildings and power included. */
    private static final BigDecimal COST_PER_GPU = new BigDecimal("35000");

    String name() {
        return trace.name();
    }

    /** Price of a rack-hour: what the GPUs of an average rack of this trace cost when they are reserved. */
    BigDecimal rackHourPrice() {
        var gpus = BigDecimal.valueOf(totalGpus())
                .divide(BigDecimal.valueOf(trace.nodes().size()), 4, RoundingMode.HALF_EVEN);
        return RESERVED_GPU_HOUR_PRICE.multiply(gpus).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** The capital that the partners are called for. */
    BigDecimal cost() {
        return COST_PER_GPU.multiply(BigDecimal.valueOf(totalGpus()));
    }

    Instant ends() {
        return begins.plusSeconds(trace.lastSecond());
    }

    String rack(TraceNode node) {
        return name() + "." + node.name();
    }

    String hall(TraceNode node) {
        return name() + "." + node.model();
    }

    List<String> halls() {
        return trace.nodes().stream().map(this::hall).distinct().sorted().toList();
    }

    static long watts(TraceNode node) {
        return WATTS_PER_SERVER + WATTS_PER_GPU * node.gpus();
    }

    long wattsOfHall(String hall) {
        return trace.nodes().stream()
                .filter(node -> hall(node).equals(hall))
                .mapToLong(Story::watts)
                .sum();
    }

    long totalWatts() {
        return trace.nodes().stream().mapToLong(Story::watts).sum();
    }

    int totalGpus() {
        return trace.nodes().stream().mapToInt(TraceNode::gpus).sum();
    }

    /** Plan of the flat support fee, which a tenant in Morocco pays in dirham. */
    String supportPlan() {
        return name() + "-support";
    }

    /** The first month of the story, which is the one that the demo closes once it is over. */
    YearMonth firstMonth() {
        return months().getFirst();
    }

    /** Calendar months touched, as they are lived in {@link #ZONE}. */
    List<YearMonth> months() {
        var first = YearMonth.from(begins.atZone(ZONE));
        var last = YearMonth.from(ends().minusNanos(1).atZone(ZONE));
        return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
                .toList();
    }

    Instant termBegins() {
        return months().getFirst().atDay(1).atStartOfDay(ZONE).toInstant();
    }

    Instant termEnds() {
        return months().getFirst()
                .plusMonths(TERM_MONTHS)
                .atDay(1)
                .atStartOfDay(ZONE)
                .toInstant();
    }

    /** Six o'clock UTC on the second day, when the story has its incident. */
    Instant incidentStarts() {
        return begins.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.of(6, 0))
                .toInstant(ZoneOffset.UTC);
    }
}
