package menara.billing.einvoicing;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import menara.billing.contracts.Buyer;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.Seller;
import menara.billing.drafting.Vat;
import menara.values.Money;
import org.jspecify.annotations.Nullable;

/** UBL 2.1 as EN 16931-3-2 binds it. The order of the elements is the schema's. */
final class UblWriter {

    private static final String CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static final String CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static final String EN_16931 = "urn:cen.eu:en16931:2017";

    /** UN/ECE Recommendation 20; what is not listed is counted by the piece. */
    private static final Map<String, String> UNITS = Map.of("GPU h", "HUR", "rack h", "HUR", "kWh", "KWH");

    private static final String PIECE = "C62";

    private final Seller seller;
    private final EInvoice invoice;
    private final XMLStreamWriter xml;

    private UblWriter(Seller seller, EInvoice invoice, XMLStreamWriter xml) {
        this.seller = seller;
        this.invoice = invoice;
        this.xml = xml;
    }

    static String write(Seller seller, EInvoice invoice) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new UblWriter(seller, invoice, xml).document();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private void document() throws XMLStreamException {
        var content = invoice.content();
        var kind = invoice.isCreditNote() ? "CreditNote" : "Invoice";
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement(kind);
        xml.writeDefaultNamespace("urn:oasis:names:specification:ubl:schema:xsd:%s-2".formatted(kind));
        xml.writeNamespace("cac", CAC);
        xml.writeNamespace("cbc", CBC);
        basic("CustomizationID", EN_16931);
        basic("ID", invoice.number());
        basic("IssueDate", invoice.issuedOn().toString());
        if (!invoice.isCreditNote()) {
            basic("DueDate", invoice.dueOn().toString());
        }
        basic(kind + "TypeCode", invoice.isCreditNote() ? "381" : "380");
        basic("Note", "ICE %s, IF %s, RC %s".formatted(seller.ice(), seller.taxId(), seller.tradeRegister()));
        basic("DocumentCurrencyCode", content.total().currency().getCurrencyCode());
        if (content.madVat() != null) {
            basic("TaxCurrencyCode", "MAD");
        }
        period();
        if (invoice.credits() != null) {
            open("BillingReference");
            open("InvoiceDocumentReference");
            basic("ID", invoice.credits());
            close(2);
        }
        open("ContractDocumentReference");
        basic("ID", content.contract().toString());
        close(1);
        supplier();
        customer(content.buyer());
        if (invoice.isCreditNote()) {
            open("PaymentTerms");
            basic("Note", "Set off against invoice " + invoice.credits());
            close(1);
        }
        totals(content);
        for (var line : content.lines()) {
            line(line, content.vat());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void period() throws XMLStreamException {
        open("InvoicePeriod");
        basic("StartDate", invoice.content().month().atDay(1).toString());
        basic("EndDate", invoice.content().month().atEndOfMonth().toString());
        close(1);
    }

    private void supplier() throws XMLStreamException {
        open("AccountingSupplierParty");
        open("Party");
        address(seller.street(), seller.city(), seller.postalCode(), seller.country());
        taxScheme(seller.country() + seller.taxId());
        legalEntity(seller.name(), seller.ice());
        close(2);
    }

    private void customer(@Nullable Buyer buyer) throws XMLStreamException {
        open("AccountingCustomerParty");
        open("Party");
        if (buyer != null) {
            address(buyer.street(), buyer.city(), buyer.postalCode(), buyer.country());
            if (buyer.vatId() != null) {
                taxScheme(buyer.vatId());
            }
            legalEntity(buyer.name(), buyer.ice());
        }
        close(2);
    }

    private void address(String street, String city, String postalCode, String country) throws XMLStreamException {
        open("PostalAddress");
        basic("StreetName", street);
        basic("CityName", city);
        basic("PostalZone", postalCode);
        open("Country");
        basic("IdentificationCode", country);
        close(2);
    }

    private void taxScheme(String vatId) throws XMLStreamException {
        open("PartyTaxScheme");
        basic("CompanyID", vatId);
        vatScheme();
        close(1);
    }

    private void vatScheme() throws XMLStreamException {
        open("TaxScheme");
        basic("ID", "VAT");
        close(1);
    }

    private void legalEntity(String name, @Nullable String registration) throws XMLStreamException {
        open("PartyLegalEntity");
        basic("RegistrationName", name);
        if (registration != null) {
            basic("CompanyID", registration);
        }
        close(1);
    }

    private void totals(InvoiceContent content) throws XMLStreamException {
        open("TaxTotal");
        amount("TaxAmount", content.vatAmount());
        open("TaxSubtotal");
        amount("TaxableAmount", content.net());
        amount("TaxAmount", content.vatAmount());
        taxCategory("TaxCategory", content.vat(), true);
        close(2);
        if (content.madVat() != null) {
            open("TaxTotal");
            amount("TaxAmount", content.madVat());
            close(1);
        }
        open("LegalMonetaryTotal");
        amount("LineExtensionAmount", content.net());
        amount("TaxExclusiveAmount", content.net());
        amount("TaxInclusiveAmount", content.total());
        amount("PayableAmount", content.total());
        close(1);
    }

    private void taxCategory(String name, Vat vat, boolean withReason) throws XMLStreamException {
        open(name);
        basic("ID", vat.category());
        basic("Percent", vat.percent().toPlainString());
        if (withReason && vat.reason() != null) {
            basic("TaxExemptionReason", vat.reason());
        }
        vatScheme();
        close(1);
    }

    private void line(InvoiceLine line, Vat vat) throws XMLStreamException {
        var counted = Counted.of(line);
        open(invoice.isCreditNote() ? "CreditNoteLine" : "InvoiceLine");
        basic("ID", Integer.toString(line.number()));
        basic("Note", line.explanation());
        xml.writeStartElement("cbc", invoice.isCreditNote() ? "CreditedQuantity" : "InvoicedQuantity", CBC);
        xml.writeAttribute("unitCode", counted.unit());
        xml.writeCharacters(counted.quantity().toPlainString());
        xml.writeEndElement();
        amount("LineExtensionAmount", line.net());
        open("Item");
        basic("Name", line.product());
        taxCategory("ClassifiedTaxCategory", vat, false);
        close(1);
        open("Price");
        amount("PriceAmount", counted.price());
        close(2);
    }

    /**
     * Quantity and price of a line as the norm wants them: their product is the line's amount and a price is never negative (BR-27).
     */
    private record Counted(BigDecimal quantity, String unit, Money price) {

        static Counted of(InvoiceLine line) {
            if (line.quantity() != null && line.unit() != null && line.unitPrice() != null) {
                var quantity = new BigDecimal(line.quantity());
                if (line.unitPrice().times(quantity).rounded().equals(line.net())) {
                    return new Counted(quantity, UNITS.getOrDefault(line.unit(), PIECE), line.unitPrice());
                }
            }
            return line.net().isNegative()
                    ? new Counted(BigDecimal.ONE.negate(), PIECE, line.net().negated())
                    : new Counted(BigDecimal.ONE, PIECE, line.net());
        }
    }

    private void open(String name) throws XMLStreamException {
        xml.writeStartElement("cac", name, CAC);
    }

    private void close(int elements) throws XMLStreamException {
        for (int i = 0; i < elements; i++) {
            xml.writeEndElement();
        }
    }

    private void basic(String name, String text) throws XMLStreamException {
        xml.writeStartElement("cbc", name, CBC);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void amount(String name, Money money) throws XMLStreamException {
        xml.writeStartElement("cbc", name, CBC);
        xml.writeAttribute("currencyID", money.currency().getCurrencyCode());
        xml.writeCharacters(money.amount().toPlainString());
        xml.writeEndElement();
    }
}
