//! A one-page invoice as PDF 1.4, in Helvetica, which every reader has.
//!
//! Helvetica's encoding has no Cyrillic, so the page shows the digits of the file's name only.

use super::{Row, money};

/// The invoice named `name`.
pub(super) fn invoice(name: &str, rows: &[Row]) -> Vec<u8> {
    let number: String = name.chars().filter(char::is_ascii_digit).collect();
    let content = page(&number, rows);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    assemble(&objects)
}

/// Numbers the objects and writes the table of their offsets.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let start = file.len();
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    (file + &table + &trailer).into_bytes()
}

/// Drawing instructions of the page; the origin is at the lower left, 72 units are an inch.
fn page(number: &str, rows: &[Row]) -> String {
    let mut page = String::new();
    let mut put = |x: u16, y: i64, size: u16, text: &str| {
        page.push_str(&format!("BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"));
    };
    put(60, 760, 26, &format!("Invoice {number}"));
    put(
        60,
        730,
        11,
        "Thank you for your order. Payable within 14 days.",
    );
    let mut y = 680;
    for (x, title) in [
        (60, "Item"),
        (240, "Count"),
        (340, "Price"),
        (450, "Amount"),
    ] {
        put(x, y, 11, title);
    }
    for row in rows {
        y -= 26;
        put(60, y, 12, &row.item);
        put(240, y, 12, &row.count.to_string());
        put(340, y, 12, &money(row.price));
        put(450, y, 12, &money(row.count * row.price));
    }
    let total: i64 = rows.iter().map(|row| row.count * row.price).sum();
    put(340, y - 46, 14, "Total");
    put(450, y - 46, 14, &money(total));
    page.push_str(&format!(
        "60 672 m 535 672 l S\n60 {} m 535 {} l S\n",
        y - 18,
        y - 18
    ));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_in_the_table_lead_to_the_objects() {
        let rows = [Row {
            item: "A-1".into(),
            count: 2,
            price: 350,
        }];
        let file = String::from_utf8(invoice("Invoice 41.pdf", &rows)).unwrap();
        let start: usize = file
            .rsplit("startxref\n")
            .next()
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let table: Vec<&str> = file[start..].lines().skip(3).take(5).collect();
        for (index, line) in table.iter().enumerate() {
            let offset: usize = line[..10].parse().unwrap();
            assert!(
                file[offset..].starts_with(&format!("{} 0 obj", index + 1)),
                "{line}"
            );
        }
        assert!(file.contains("(Invoice 41)") && file.contains("(7.00)"));
    }
}
