package menara.billing.einvoicing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import menara.billing.drafting.InvoiceContent;

/** Texts of people that a printed invoice shows: the fonts must have all of their characters, or the invoice would lack part of a name. */
final class PrintedText {

    private PrintedText() {}

    /** Texts that cannot be printed, each beginning with its field; empty if all can be printed. */
    static List<String> violations(InvoiceContent content) {
        var violations = new ArrayList<String>();
        fields(content)
                .forEach((field, text) -> PrintFonts.missing(text)
                        .ifPresent(character -> violations.add(
                                "%s has the character %s (U+%04X), which no font of printed invoices has; write it in Latin, Greek, Cyrillic, Arabic or Korean letters"
                                        .formatted(field, Character.toString(character), character))));
        return violations;
    }

    private static Map<String, String> fields(InvoiceContent content) {
        var fields = new LinkedHashMap<String, String>();
        var buyer = content.buyer();
        if (buyer != null) {
            fields.put("buyer.name", buyer.name());
            fields.put("buyer.street", buyer.street());
            fields.put("buyer.postalCode", buyer.postalCode());
            fields.put("buyer.city", buyer.city());
        }
        for (var line : content.lines()) {
            fields.put("lines[%d].product".formatted(line.number()), line.product());
            fields.put("lines[%d].explanation".formatted(line.number()), line.explanation());
            if (line.unit() != null) {
                fields.put("lines[%d].unit".formatted(line.number()), line.unit());
            }
        }
        return fields;
    }
}
