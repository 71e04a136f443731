/* type_info as compilers before Visual C++ 2015 know it: what a TypeDescriptor is an object of. */
#ifndef CRT_EH_TYPE_INFO_HPP
#define CRT_EH_TYPE_INFO_HPP

class type_info {
 public:
  virtual ~type_info();
  int operator==(const type_info& other) const;
  int operator!=(const type_info& other) const;
  int before(const type_info& other) const;
  const char* name() const;
  const char* raw_name() const;

 private:
  type_info(const type_info& from);
  type_info& operator=(const type_info& from);
  mutable char* name_;
  char decorated_[1];
};

#endif
