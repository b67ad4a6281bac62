package menara.billing.einvoicing;

import java.io.ByteArrayOutputStream;
import menara.billing.contracts.Buyer;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.Seller;
import menara.billing.einvoicing.PrintFonts.Style;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.PageSize;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/** An invoice on A4, with the mentions that Moroccan law asks for (article 145-III of the tax code). */
final class InvoicePdf {

    private static final float MARGIN = 42; // points: 15 mm
    private static final float[] COLUMNS = {46, 18, 18, 18};

    private InvoicePdf() {}

    static byte[] of(Seller seller, EInvoice invoice, InvoiceWords words) {
        var bytes = new ByteArrayOutputStream();
        var page = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
        page.setGlyphLayoutManager(PrintFonts.layout());
        PdfWriter.getInstance(page, bytes);
        page.addTitle(invoice.number());
        page.open();
        page.add(head(seller, invoice, words));
        page.add(lines(invoice.content(), words));
        page.add(totals(invoice.content(), words));
        page.close();
        return bytes.toByteArray();
    }

    private static PdfPTable head(Seller seller, EInvoice invoice, InvoiceWords words) {
        var head = table(new float[] {1});
        head.setSpacingAfter(18);
        line(head, seller.name(), Style.BOLD);
        line(head, "%s, %s %s".formatted(seller.street(), seller.postalCode(), seller.city()), Style.PLAIN);
        line(
                head,
                "ICE %s   IF %s   RC %s".formatted(seller.ice(), seller.taxId(), seller.tradeRegister()),
                Style.SMALL);
        line(
                head,
                (invoice.isCreditNote() ? words.creditNote() : words.invoice()) + " " + invoice.number(),
                Style.TITLE);
        if (invoice.credits() != null) {
            line(head, words.credits() + " " + invoice.credits(), Style.PLAIN);
        }
        line(head, "%s: %s".formatted(words.date(), invoice.issuedOn()), Style.PLAIN);
        if (!invoice.isCreditNote()) {
            line(head, "%s: %s".formatted(words.due(), invoice.dueOn()), Style.PLAIN);
        }
        line(head, "%s: %s".formatted(words.period(), invoice.content().month()), Style.PLAIN);
        line(head, " ", Style.PLAIN);
        buyer(head, invoice.content().buyer(), words);
        return head;
    }

    /** Each part on a line of its own: an address may be written from right to left and its number from left to right. */
    private static void buyer(PdfPTable head, @Nullable Buyer buyer, InvoiceWords words) {
        if (buyer != null) {
            line(head, words.billedTo(), Style.SMALL);
            line(head, buyer.name(), Style.BOLD);
            line(head, buyer.street(), Style.PLAIN);
            line(head, (buyer.postalCode() + " " + buyer.city()).strip(), Style.PLAIN);
            line(head, buyer.country(), Style.PLAIN);
            if (buyer.ice() != null) {
                line(head, "ICE " + buyer.ice(), Style.SMALL);
            }
            if (buyer.vatId() != null) {
                line(head, "TVA/VAT " + buyer.vatId(), Style.SMALL);
            }
        }
    }

    private static PdfPTable lines(InvoiceContent content, InvoiceWords words) {
        var table = table(COLUMNS);
        table.setHeaderRows(1);
        for (var head : new String[] {words.description(), words.quantity(), words.unitPrice(), words.amount()}) {
            var cell =
                    cell(head, Style.BOLD, head.equals(words.description()) ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT);
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
        var lines = new PdfPTable(1);
        line(lines, line.product(), Style.PLAIN);
        line(lines, line.explanation(), Style.SMALL);
        var cell = new PdfPCell(lines);
        cell.setBorder(Rectangle.NO_BORDER);
        return cell;
    }

    private static PdfPTable totals(InvoiceContent content, InvoiceWords words) {
        var table = table(new float[] {60, 40});
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
        table.addCell(cell(name, Style.PLAIN, Element.ALIGN_RIGHT));
        table.addCell(cell(value, Style.BOLD, Element.ALIGN_RIGHT));
    }

    private static PdfPTable table(float[] columns) {
        var table = new PdfPTable(columns);
        table.setWidthPercentage(100);
        return table;
    }

    private static void line(PdfPTable table, String text, Style style) {
        table.addCell(cell(text, style, Element.ALIGN_LEFT));
    }

    private static PdfPCell right(String text) {
        return cell(text, Style.PLAIN, Element.ALIGN_RIGHT);
    }

    private static PdfPCell cell(String text, Style style, int alignment) {
        var cell = new PdfPCell(PrintFonts.phrase(text, style));
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setHorizontalAlignment(alignment);
        return cell;
    }
}
