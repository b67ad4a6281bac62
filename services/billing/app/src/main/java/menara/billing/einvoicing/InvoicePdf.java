package menara.billing.einvoicing;

import java.io.ByteArrayOutputStream;
import menara.billing.contracts.Buyer;
import menara.billing.invoicing.InvoiceContent;
import menara.billing.invoicing.InvoiceLine;
import menara.billing.invoicing.Issuer;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.FontFactory;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/** An invoice on A4, with the mentions that Moroccan law asks for (article 145-III of the tax code). */
final class InvoicePdf {

    private static final float MARGIN = 42; // points: 15 mm
    private static final float[] COLUMNS = {46, 18, 18, 18};
    private static final Font PLAIN = FontFactory.getFont(FontFactory.HELVETICA, 9);
    private static final Font SMALL = FontFactory.getFont(FontFactory.HELVETICA, 7);
    private static final Font BOLD = FontFactory.getFont(FontFactory.HELVETICA_BOLD, 9);
    private static final Font TITLE = FontFactory.getFont(FontFactory.HELVETICA_BOLD, 18);

    private InvoicePdf() {}

    static byte[] of(Issuer issuer, EInvoice invoice, InvoiceWords words) {
        var bytes = new ByteArrayOutputStream();
        var page = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter.getInstance(page, bytes);
        page.addTitle(invoice.number());
        page.open();
        page.add(text(issuer.name(), BOLD));
        page.add(text("%s, %s %s".formatted(issuer.street(), issuer.postalCode(), issuer.city()), PLAIN));
        page.add(text("ICE %s   IF %s   RC %s".formatted(issuer.ice(), issuer.taxId(), issuer.tradeRegister()), SMALL));
        page.add(text((invoice.isCreditNote() ? words.creditNote() : words.invoice()) + " " + invoice.number(), TITLE));
        if (invoice.credits() != null) {
            page.add(text(words.credits() + " " + invoice.credits(), PLAIN));
        }
        page.add(text("%s: %s".formatted(words.date(), invoice.issuedOn()), PLAIN));
        page.add(text("%s: %s".formatted(words.due(), invoice.dueOn()), PLAIN));
        page.add(text("%s: %s".formatted(words.period(), invoice.content().month()), PLAIN));
        page.add(text(" ", PLAIN));
        buyer(page, invoice.content().buyer(), words);
        page.add(text(" ", PLAIN));
        page.add(lines(invoice.content(), words));
        page.add(totals(invoice.content(), words));
        page.close();
        return bytes.toByteArray();
    }

    private static void buyer(Document page, @Nullable Buyer buyer, InvoiceWords words) {
        if (buyer != null) {
            page.add(text(words.billedTo(), SMALL));
            page.add(text(buyer.name(), BOLD));
            page.add(text(
                    "%s, %s %s, %s".formatted(buyer.street(), buyer.postalCode(), buyer.city(), buyer.country()),
                    PLAIN));
            if (buyer.ice() != null) {
                page.add(text("ICE " + buyer.ice(), SMALL));
            }
            if (buyer.vatId() != null) {
                page.add(text("TVA/VAT " + buyer.vatId(), SMALL));
            }
        }
    }

    private static PdfPTable lines(InvoiceContent content, InvoiceWords words) {
        var table = new PdfPTable(COLUMNS);
        table.setWidthPercentage(100);
        table.setHeaderRows(1);
        for (var head : new String[] {words.description(), words.quantity(), words.unitPrice(), words.amount()}) {
            var cell = cell(head, BOLD, head.equals(words.description()) ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT);
            cell.setBorder(Rectangle.BOTTOM);
            table.addCell(cell);
        }
        for (var line : content.lines()) {
            table.addCell(description(line));
            table.addCell(right(line.quantity() == null ? "" : line.quantity() + " " + line.unit()));
            table.addCell(right(line.unitPrice() == null ? "" : line.unitPrice().toString()));
            table.addCell(right(line.net().toString()));
        }
        return table;
    }

    private static PdfPCell description(InvoiceLine line) {
        var phrase = new Phrase(printable(line.product()) + "\n", PLAIN);
        phrase.add(new Phrase(printable(line.explanation()), SMALL));
        var cell = new PdfPCell(phrase);
        cell.setBorder(Rectangle.NO_BORDER);
        return cell;
    }

    private static PdfPTable totals(InvoiceContent content, InvoiceWords words) {
        var table = new PdfPTable(new float[] {60, 40});
        table.setWidthPercentage(100);
        table.setSpacingBefore(12);
        row(table, words.net(), content.net().toString());
        row(
                table,
                "%s %s %%".formatted(words.vat(), content.vat().percent().toPlainString()),
                content.vatAmount().toString());
        if (content.vat().reason() != null) {
            row(table, content.vat().reason(), "");
        }
        row(table, words.total(), content.total().toString());
        if (content.madVat() != null
                && content.madTotal() != null
                && !content.lines().isEmpty()) {
            var first = content.lines().getFirst();
            row(table, words.inDirham() + ", " + words.vat(), content.madVat().toString());
            row(
                    table,
                    words.inDirham() + ", " + words.total(),
                    content.madTotal().toString());
            row(table, words.rate(), "%s (%s, %s)".formatted(first.rate(), first.rateSource(), first.rateDate()));
        }
        return table;
    }

    private static void row(PdfPTable table, String name, String value) {
        table.addCell(cell(name, PLAIN, Element.ALIGN_RIGHT));
        table.addCell(cell(value, BOLD, Element.ALIGN_RIGHT));
    }

    private static PdfPCell right(String text) {
        return cell(text, PLAIN, Element.ALIGN_RIGHT);
    }

    private static PdfPCell cell(String text, Font font, int alignment) {
        var cell = new PdfPCell(new Phrase(printable(text), font));
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setHorizontalAlignment(alignment);
        return cell;
    }

    private static Paragraph text(String text, Font font) {
        return new Paragraph(printable(text), font);
    }

    /** The built-in fonts know Latin-1: a minus sign of its own is written as the hyphen that every reader knows. */
    private static String printable(String text) {
        return text.replace('−', '-');
    }
}
