-- Which printed row of which form asks for which indicator; rows that ask for none are headings.
SELECT form_row.form, form.name_vi AS form_vi, form.name_en AS form_en, form.legal_basis, form_row.annex, form_row.code,
       form_row.label, form_row.parent_label, form_row.unit_of_measure, form_row.indicator, form_row.level
FROM form_row
JOIN form USING (form)
WHERE form_row.indicator IS NOT NULL
ORDER BY form_row.form, form_row.position;
