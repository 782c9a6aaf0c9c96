"""What communes write about their digital transformation: the frame of the province, the office's phrases, own facts."""

# Subject of a document: (kind, symbol, title). The frame of the first eight came from the province and stands in every commune's.
SUBJECTS = [
    ("Kế hoạch", "KH", "chuyển đổi số năm 2026 trên địa bàn"),
    ("Báo cáo", "BC", "kết quả tiếp nhận và giải quyết thủ tục hành chính qua dịch vụ công trực tuyến"),
    ("Báo cáo", "BC", "hoạt động của Tổ công nghệ số cộng đồng"),
    ("Kế hoạch", "KH", "bồi dưỡng kỹ năng số cho cán bộ, công chức và người dân"),
    ("Báo cáo", "BC", "công tác bảo đảm an toàn thông tin mạng"),
    ("Quyết định", "QĐ", "kiện toàn Ban Chỉ đạo chuyển đổi số"),
    ("Báo cáo", "BC", "kết quả tuyên truyền ngày chuyển đổi số quốc gia"),
    ("Quyết định", "QĐ", "ban hành quy chế quản lý văn bản và hồ sơ điện tử"),
    # These frames three communes of one former district made together.
    ("Báo cáo", "BC", "thanh toán không dùng tiền mặt tại các chợ phiên"),
    ("Kế hoạch", "KH", "số hóa dữ liệu hộ tịch và hồ sơ lưu trữ"),
    ("Báo cáo", "BC", "sử dụng nền tảng họp trực tuyến tới bản"),
    ("Kế hoạch", "KH", "đưa nông sản lên sàn thương mại điện tử"),
]
SMALL = range(8, 12)

# The frame: each stands in every document of the subject.
FRAME = [
    "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh Sơn La về {title}, Ủy ban nhân dân {unit} xây dựng văn bản này "
    "với các nội dung sau.",
    "Quán triệt, triển khai đầy đủ các chủ trương của Đảng, chính sách pháp luật của Nhà nước về {title}, gắn với nhiệm vụ "
    "phát triển kinh tế - xã hội của địa phương.",
    "Việc triển khai {title} phải bảo đảm thiết thực, hiệu quả, tiết kiệm, có trọng tâm, trọng điểm, tránh hình thức.",
    "Xác định rõ trách nhiệm của người đứng đầu cơ quan, đơn vị trong lãnh đạo, chỉ đạo tổ chức thực hiện {title}.",
    "Giao Văn phòng HĐND - UBND chủ trì, phối hợp với các phòng chuyên môn theo dõi, đôn đốc, tổng hợp kết quả thực hiện {title}, "
    "báo cáo Chủ tịch Ủy ban nhân dân theo quy định.",
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, các phòng, đơn vị kịp thời phản ánh về Văn phòng "
    "để tổng hợp, trình xem xét.",
    "Kinh phí thực hiện {title} được bảo đảm từ nguồn ngân sách nhà nước theo phân cấp và các nguồn huy động hợp pháp khác.",
    "Trên đây là nội dung về {title} của Ủy ban nhân dân {unit}, đề nghị các phòng, ban, đoàn thể và các bản nghiêm túc thực hiện.",
]

WHO = [
    "Tổ công nghệ số cộng đồng {place}", "Đoàn Thanh niên {unit}", "Hội Liên hiệp Phụ nữ {place}", "Công an {unit}",
    "Trung tâm Phục vụ hành chính công {unit}", "Trường Tiểu học và THCS {place}", "Trạm Y tế {unit}",
    "Hội Nông dân {place}", "Ban quản lý {place}", "Công chức Văn hóa - Xã hội {unit}", "Hội Cựu chiến binh {place}",
    "Bưu điện văn hóa {place}", "Hợp tác xã {place}", "Mặt trận Tổ quốc {unit}",
]  # fmt: skip
DID = [
    "tổ chức {n} buổi hướng dẫn", "trực tiếp hỗ trợ {n} lượt người", "phối hợp mở {n} lớp tập huấn ngắn ngày",
    "rà soát {n} hộ gia đình", "cấp {n} tài khoản định danh mức độ 2", "số hóa {n} hồ sơ", "vận động {n} hộ kinh doanh",
    "phát {n} tờ rơi và mã QR", "đăng tải {n} tin bài", "kiểm tra {n} máy tính và thiết bị mạng", "tiếp nhận {n} hồ sơ trực tuyến",
    "lắp đặt {n} điểm phát Wi-Fi miễn phí",
]  # fmt: skip
WHAT = [
    "nộp hồ sơ đăng ký khai sinh, kết hôn trên Cổng dịch vụ công quốc gia", "cài đặt và sử dụng ứng dụng VNeID",
    "thanh toán tiền điện, học phí bằng mã QR", "đưa mận hậu, cà phê, na, chè lên sàn thương mại điện tử",
    "tạo chữ ký số cá nhân", "nhận biết thủ đoạn lừa đảo trên không gian mạng", "tra cứu kết quả giải quyết thủ tục hành chính",
    "sử dụng sổ sức khỏe điện tử", "họp trực tuyến từ nhà văn hóa bản", "ký số văn bản trên phần mềm quản lý văn bản",
    "khai báo lưu trú qua mạng", "đăng ký tài khoản ngân hàng số", "tra cứu bảo hiểm xã hội trên ứng dụng VssID",
    "kê khai đất đai trên bản đồ số", "học kỹ năng số trên nền tảng trực tuyến mở đại trà",
]  # fmt: skip
HOW = [
    "trong tháng {month}, đạt {p}% kế hoạch", "vào các ngày chợ phiên tháng {month}, tăng {p}% so với cùng kỳ",
    "do đồng chí {person} phụ trách, có {m} người tham dự", "tại nhà văn hóa với sự tham gia của {m} hộ dân tộc Thái, Mông",
    "theo phân công của đồng chí {person}, còn {m} trường hợp phải hướng dẫn lại",
    "đến hết ngày {day}/{month}, kinh phí {m} triệu đồng",
    "qua đó tỷ lệ hồ sơ trực tuyến đạt {p}%, vượt {m} hồ sơ so với chỉ tiêu giao",
]  # fmt: skip
FAMILY = ["Lò", "Quàng", "Cà", "Tòng", "Hoàng", "Lường", "Vì", "Sùng", "Giàng", "Mùa", "Thào", "Nguyễn", "Bạc", "Điêu"]
MIDDLE = ["Văn", "Thị", "A", "Đức", "Minh", "Xuân", "Thanh"]
GIVEN = ["Hương", "Dũng", "Thắng", "Chu", "Páo", "Dua", "Lan", "Tuấn", "Sơn", "Biên", "Tiên", "Hạnh", "Khánh", "Mai"]
BAN = [
    "Nà Tâu", "Pom Mỉn", "Co Sủ", "Huổi Lắc", "Nà Khoang", "Phiêng Lỏng", "Bó Mười", "Kéo Hin",
    "Pá Hốc", "Nong Luông", "Lọng Bong", "Tà Lành", "Suối Khem",
    "Pú Dảnh", "Nậm Ún", "Hua Mường", "Cang Kéo", "Thẳm Đón", "Tong Chinh", "Xa Căn",
]  # fmt: skip
