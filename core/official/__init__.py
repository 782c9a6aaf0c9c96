"""Official papers by Nghị định 30/2020/NĐ-CP: what stands on one as data, and the same data as PDF and as Word file."""
