package menara.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The month closes: drafts, a second person's approval, numbers, and the documents that a buyer gets. */
final class InvoiceSteps {

    private static final String INVOICES = "/api/billing/invoices";

    /** An assumption of the demo, printed as such; finance enters the real one, or Bank Al-Maghrib's feed does. */
    private static final String DIRHAM_FOR_A_DOLLAR = "9.20";

    private final GatewayClient clerk;
    private final GatewayClient approver;
    private final Console console;
    private final Story story;
    private final Path documents;

    InvoiceSteps(GatewayClient clerk, GatewayClient approver, Console console, Story story, Path documents) {
        this.clerk = clerk;
        this.approver = approver;
        this.console = console;
        this.story = story;
        this.documents = documents;
    }

    /** One person enters the rate, another agrees: an invoice in dollars says its VAT in dirham too. */
    private void enterRate(LocalDate day) {
        var pair = "base=" + Story.CURRENCY + "&quote=MAD&date=" + day;
        if (clerk.tryGet("/api/billing/exchange-rates/in-force?" + pair).ok()) {
            return;
        }
        var entered = clerk.post(
                "/api/billing/exchange-rates",
                story.name() + "-rate-" + day,
                Map.of(
                        "base",
                        Story.CURRENCY,
                        "quote",
                        "MAD",
                        "value",
                        DIRHAM_FOR_A_DOLLAR,
                        "date",
                        day,
                        "reason",
                        "assumed for the demo"));
        var rate = entered.path("rate").asString();
        approver.post("/api/billing/exchange-rates/" + rate + "/approval", rate + "-approval", Map.of());
        console.say(
                "assumed: %s MAD for a US dollar on %s, entered by one person and approved by another",
                DIRHAM_FOR_A_DOLLAR, day);
    }

    /**
     * Brings every contract's invoice of a month to its documents, from wherever an earlier demo left it.
     *
     * @param dollars contracts in {@link Story#CURRENCY}, whose invoices need a rate
     * @param dirham contracts that need none
     * @param today when what has no number yet gets one
     */
    void close(YearMonth month, List<String> dollars, List<String> dirham, LocalDate today) {
        if (dollars.stream().anyMatch(contract -> !standing(contract, month).isNumbered())) {
            enterRate(today);
        }
        Stream.concat(dollars.stream(), dirham.stream())
                .forEach(contract -> issued(contract, month).ifPresent(this::save));
    }

    /** How far the invoice of a month has come. */
    private sealed interface Standing {

        default boolean isNumbered() {
            return this instanceof Numbered;
        }

        /** A draft is not binding: it is computed again. */
        record Open() implements Standing {}

        record Approved(String invoice) implements Standing {}

        record Numbered(JsonNode invoice) implements Standing {}
    }

    private Standing standing(String contract, YearMonth month) {
        return clerk.get(INVOICES + "?contract=" + contract + "&month=" + month)
                .path("items")
                .valueStream()
                .flatMap(invoice -> decided(invoice).stream())
                .findFirst()
                .orElseGet(Standing.Open::new);
    }

    private static Optional<Standing> decided(JsonNode invoice) {
        return switch (invoice.path("state").asString()) {
            case "approved" ->
                Optional.of(new Standing.Approved(invoice.path("invoice").asString()));
            case "issued", "credited" -> Optional.of(new Standing.Numbered(invoice));
            default -> Optional.empty(); // a draft, or one that was voided
        };
    }

    private Optional<JsonNode> issued(String contract, YearMonth month) {
        return switch (standing(contract, month)) {
            case Standing.Numbered(var invoice) -> Optional.of(invoice);
            case Standing.Approved(var invoice) -> Optional.of(issue(invoice));
            case Standing.Open _ -> approved(contract, month).map(this::issue);
        };
    }

    /** The invoice that the second person agreed to, empty while late usage may still join it. */
    private Optional<String> approved(String contract, YearMonth month) {
        var draft = clerk.post(
                INVOICES,
                contract + "-" + month + "-" + System.nanoTime(),
                Map.of("contract", contract, "month", month.toString()));
        var id = draft.path("invoice").asString();
        var approval = approver.tryPost(
                INVOICES + "/" + id + "/approval",
                id + "-" + System.nanoTime(),
                Map.of("hash", draft.path("hash").asString()));
        if (approval.body().path("rule").asString("").equals("grace-not-over")) {
            console.say("%s cannot be invoiced yet: %s", month, approval.problem());
            return Optional.empty();
        }
        if (!approval.ok()) {
            throw new DemoFailure("the invoice of %s was not approved: %s".formatted(month, approval.problem()));
        }
        return Optional.of(id);
    }

    private JsonNode issue(String invoice) {
        return clerk.post(INVOICES + "/" + invoice + "/issue", invoice + "-issue", Map.of());
    }

    private void save(JsonNode invoice) {
        var number = invoice.path("number").asString();
        var path = INVOICES + "/" + invoice.path("invoice").asString();
        var total = invoice.path("content").path("total");
        try {
            Files.createDirectories(documents);
            var pdf = documents.resolve(number + ".pdf");
            var xml = documents.resolve(number + ".xml");
            Files.write(pdf, clerk.download(path + "/pdf?language=en", "application/pdf"));
            Files.write(xml, clerk.download(path + "/ubl", "application/xml"));
            console.say(
                    "%s: %s %s with VAT, due on %s",
                    number,
                    total.path("amount").asString(),
                    total.path("currency").asString(),
                    invoice.path("dueOn").asString());
            console.say("   %s", pdf);
            console.say("   %s", xml);
        } catch (IOException e) {
            throw new DemoFailure("the documents of %s cannot be written to %s".formatted(number, documents), e);
        }
    }
}
