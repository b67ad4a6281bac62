package menara.billing.billruns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.drafting.Drafting;
import menara.billing.drafting.Drafts;
import menara.billing.drafting.InvoiceCheck;
import menara.billing.drafting.InvoiceId;
import menara.billing.invoicing.ApprovedInvoice;
import menara.billing.invoicing.InvoiceReadModel;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import menara.values.ContractId;
import org.springframework.stereotype.Component;

/**
 * The drafting of a month's invoices for every contract, in the order of their ids, with its progress written down after each chunk.
 * A run that is killed resumes after the last stored chunk; a chunk done twice makes the same drafts, because every draft is as of the
 * begin of the run.
 */
@Component
public class BillRun implements DueWork {

    static final String KIND = "billing.bill-run";

    /** Contracts drafted before progress is stored again; a killed run repeats at most these. */
    static final int CHUNK = 250;

    /** How long a turn may take before other due work gets one. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private final ContractReadModel contracts;
    private final InvoiceReadModel invoices;
    private final Drafting drafting;
    private final Drafts drafts;
    private final BillRuns runs;
    private final InvoiceCheck check;
    private final DueDates dueDates;
    private final Clock clock;

    BillRun(
            ContractReadModel contracts,
            InvoiceReadModel invoices,
            Drafting drafting,
            Drafts drafts,
            BillRuns runs,
            InvoiceCheck check,
            DueDates dueDates,
            Clock clock) {
        this.contracts = contracts;
        this.invoices = invoices;
        this.drafting = drafting;
        this.drafts = drafts;
        this.runs = runs;
        this.check = check;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    /** Begins the run of a month, resumes one that was interrupted, or begins a new one as of now if the last one finished. */
    BillRuns.Run start(YearMonth month, String startedBy) {
        var asOf = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var run = runs.begin(fresh(month, 1, asOf, startedBy));
        if (run.finished()) {
            var next = fresh(month, run.attempt() + 1, asOf, startedBy);
            run = runs.replace(run, next) ? next : runs.find(month).orElseThrow();
        }
        dueDates.schedule(KIND, month.toString(), clock.instant());
        return run;
    }

    private BillRuns.Run fresh(YearMonth month, int attempt, Instant asOf, String startedBy) {
        var dirham = drafting.dirhamOn(asOf);
        var rates = contracts.all().stream()
                .map(Contract.Signed::currency)
                .distinct()
                .flatMap(currency -> dirham.of(currency).stream())
                .toList();
        return new BillRuns.Run(month, attempt, asOf, startedBy, rates, "", 0, 0, "", false);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(String id, Instant dueAt) {
        if (!work(YearMonth.parse(id), TURN)) {
            dueDates.schedule(KIND, id, clock.instant());
        }
    }

    /** Works on the run of {@code month} for about {@code turn}; answers whether it is finished. */
    public boolean work(YearMonth month, Duration turn) {
        var found = runs.find(month);
        if (found.isEmpty() || found.get().finished()) {
            return true;
        }
        var run = found.get();
        long end = System.nanoTime() + turn.toNanos();
        var left = left(run);
        for (int from = 0; from < left.size(); from += CHUNK) {
            if (from > 0 && System.nanoTime() >= end) {
                return false;
            }
            run = draft(run, left.subList(from, Math.min(from + CHUNK, left.size())));
            runs.progress(run);
        }
        runs.progress(run.end());
        check.prepare();
        return true;
    }

    private List<Contract.Signed> left(BillRuns.Run run) {
        return contracts.all().stream()
                .filter(contract -> contract.contract().toString().compareTo(run.after()) > 0)
                .filter(contract -> !contract.signedAt().isAfter(run.asOf()))
                .map(contract -> contract.asOf(run.asOf()))
                .filter(contract -> Drafting.hasInvoice(contract, run.month()))
                .toList();
    }

    private BillRuns.Run draft(BillRuns.Run run, List<Contract.Signed> chunk) {
        var open = open(run, chunk);
        var since = drafts.since(open.stream().map(Open::invoice).toList());
        var computed = open.parallelStream()
                .map(one -> draft(run, one, Optional.ofNullable(since.get(one.invoice()))))
                .collect(Collectors.partitioningBy(Computed::isWanted));
        var made = drafts(computed, true);
        drafts.add(made);
        drafts.remove(
                drafts(computed, false).stream().map(Drafts.Draft::invoice).toList(), Drafting.since(run.month()));
        var hash = Stream.concat(Stream.of(run.hash()), made.stream().map(Drafts.Draft::hash))
                .reduce(BillRun::chained)
                .orElse("");
        return run.progressed(
                last(chunk).toString(),
                made.size(),
                made.stream().mapToInt(draft -> draft.content().lines().size()).sum(),
                hash);
    }

    /** @param isWanted after the term there is nothing to ask for, unless something came late */
    private record Computed(Drafts.Draft draft, boolean isWanted) {}

    private static List<Drafts.Draft> drafts(Map<Boolean, List<Computed>> computed, boolean wanted) {
        return computed.getOrDefault(wanted, List.of()).stream()
                .map(Computed::draft)
                .toList();
    }

    /** A contract whose month has no invoice that stands. */
    private record Open(Contract.Signed contract, InvoiceId invoice, List<ApprovedInvoice> invoiced) {}

    private List<Open> open(BillRuns.Run run, List<Contract.Signed> chunk) {
        var invoiced = invoices.of(chunk.stream().map(Contract.Signed::contract).toList());
        return chunk.stream()
                .flatMap(contract -> {
                    var views = invoiced.getOrDefault(contract.contract(), List.of());
                    return InvoiceReadModel.next(contract.contract(), run.month(), views)
                            .map(invoice -> new Open(contract, invoice, views))
                            .stream();
                })
                .toList();
    }

    /** A draft that was prepared by hand to look further back keeps looking that far back, and stays even if it comes to nothing. */
    private Computed draft(BillRuns.Run run, Open open, Optional<YearMonth> prepared) {
        var usual = Drafting.since(run.month());
        var since = prepared.filter(usual::isAfter).orElse(usual);
        var asked = InvoiceReadModel.askedFor(open.invoiced(), run.asOf());
        var content = drafting.draft(open.contract(), run.month(), since, asked, run.asOf(), run::rate);
        return new Computed(
                Drafts.Draft.of(open.invoice(), content, since, run.startedBy(), run.asOf()),
                !content.lines().isEmpty()
                        || since.isBefore(usual)
                        || open.contract().months().contains(run.month()));
    }

    private static ContractId last(List<Contract.Signed> chunk) {
        return chunk.getLast().contract();
    }

    private static String chained(String before, String next) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest((before + next).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
